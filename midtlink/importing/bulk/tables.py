"""The tables that an import fills in bulk, without the joins that loading objects needs."""

from sqlalchemy import Table

from midtlink.importing.models import ImportedBadge
from midtlink.people.models import Person
from midtlink.questions.models import Post, Question
from midtlink.questions.records import Acceptance, Closure, PostLink, Reaction, Revision
from midtlink.topics.models import Tag


def _table(model: type) -> Table:
    table: Table = model.__table__  # type: ignore[attr-defined]
    return table


posts, questions, people, tags = _table(Post), _table(Question), _table(Person), _table(Tag)
revisions, reactions, acceptances = _table(Revision), _table(Reaction), _table(Acceptance)
closures, links, badges = _table(Closure), _table(PostLink), _table(ImportedBadge)
