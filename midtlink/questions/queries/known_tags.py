"""Which tags a person may know of: a tag's name can be a patient's name."""

from sqlalchemy import ColumnElement, exists, or_, select, true
from sqlalchemy.orm import aliased

from midtlink.access import MODERATOR
from midtlink.people.models import Person
from midtlink.questions.models import Post, question_tags
from midtlink.questions.queries.visibility import readable
from midtlink.topics.models import Tag, TagFollow


def known_to(person: Person) -> ColumnElement[bool]:
    """Keep the tags of a question that the person may read, and those that somebody stands behind.

    That is who described or follows the tag, and the moderator who joined it with other words. A
    word that is left on hidden questions alone, or on none, is known to moderators only.
    """
    if person.has_role(MODERATOR):
        return true()
    synonym = aliased(Tag)
    asked = (
        select(Post.id)
        .join(question_tags, question_tags.c.question_id == Post.id)
        .where(question_tags.c.tag_id == Tag.id, Post.redacted_at.is_(None))
    )
    return or_(
        readable(asked, person).correlate(Tag).exists(),
        exists().where(TagFollow.tag_id == Tag.id),
        exists().where(synonym.synonym_of_id == Tag.id),
        Tag.synonym_of_id.is_not(None),
        Tag.excerpt != "",
        Tag.description != "",
    )
