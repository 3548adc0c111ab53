"""Taking the tags of a removed question away: a tag's name can be a patient's name."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import aliased

from midtlink.events import publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Question, question_tags
from midtlink.questions.records import Draft, Revision
from midtlink.topics.events import TagRemoved
from midtlink.topics.models import Tag, TagFollow
from midtlink.topics.rules import fold, split_tags


def forget_tags(question: Question, *, by: Person) -> None:
    """Take all tags off a locked question, and remove for ever those that only it spoke of.

    That goes for every tag that it has had. Call it while the revisions still name them.
    """
    ids = _tags_ever_on(question)
    question.tags = []
    db.session.flush()
    for tag in _unspoken_of(ids):
        _forget_in_drafts(tag, question.author_id)
        db.session.delete(tag)
        publish(TagRemoved(tag_id=tag.id, by_id=by.id))


def _tags_ever_on(question: Question) -> Sequence[int]:
    """Return the tags that the question has or had, locked so that nothing new speaks for them."""
    written = db.session.scalars(select(Revision.tags).where(Revision.post_id == question.id))
    names = {name for names in written for name in names.split()}
    names |= {tag.name for tag in question.tags}
    statement = select(Tag.id).where(Tag.name.in_(names)).order_by(Tag.id).with_for_update(of=Tag)
    return db.session.scalars(statement).all()


def _unspoken_of(ids: Sequence[int]) -> Sequence[Tag]:
    unspoken = select(Tag).where(Tag.id.in_(ids), ~_is_spoken_for()).order_by(Tag.id)
    return db.session.scalars(unspoken.execution_options(populate_existing=True)).all()


def _is_spoken_for() -> ColumnElement[bool]:
    synonym = aliased(Tag)
    return or_(
        exists().where(question_tags.c.tag_id == Tag.id),
        exists().where(TagFollow.tag_id == Tag.id),
        exists().where(synonym.synonym_of_id == Tag.id),
        Tag.synonym_of_id.is_not(None),
        Tag.excerpt != "",
        Tag.description != "",
        Tag.origin.is_not(None),
    )


def _forget_in_drafts(tag: Tag, author_id: int | None) -> None:
    """Take a word out of the tags that the question's author has typed and not yet sent."""
    theirs = select(Draft).where(Draft.person_id == author_id, Draft.tags != "")
    for draft in db.session.scalars(theirs):
        names = split_tags(draft.tags)
        kept = [name for name in names if fold(tag.name) not in fold("-".join(name.split()))]
        if kept != names:
            draft.tags = ", ".join(kept)
