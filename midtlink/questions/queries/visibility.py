"""Who sees which posts, as conditions of a statement: policy.may_see, said in SQL."""

from typing import Any, TypeVar

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, false, or_, true

from midtlink.access import MODERATOR, REVIEWER
from midtlink.people.models import Person
from midtlink.people.privileges import REVIEW_QUEUES, has_privilege
from midtlink.questions.models import Post
from midtlink.questions.records import PATIENT_DATA

Statement = TypeVar("Statement", bound=Select[Any])
POSTS: FromClause = Post.__table__


def visible(statement: Statement, person: Person) -> Statement:
    """Keep the posts of the statement that the person may know of (policy.may_see)."""
    own = POSTS.c
    sees = and_(_sees_deleted(own, person), or_(_reads_hidden(own, person), _wrote(own, person)))
    above = [_reads(column, person) for column in (own.thread_id, own.parent_id)]
    return statement.where(sees, *above)


def readable(statement: Statement, person: Person) -> Statement:
    """Keep the posts of the statement whose text the person may have (policy.may_read)."""
    own = POSTS.c
    itself = and_(_sees_deleted(own, person), _reads_hidden(own, person))
    above = [_reads(column, person) for column in (own.thread_id, own.parent_id)]
    return statement.where(itself, *above)


def decided_by(person: Person) -> ColumnElement[bool]:
    """Say which posts' suggested edits a person decides (policy.may_decide), beside visible()."""
    if person.has_role(MODERATOR):
        return true()
    is_open = _takes_more() if _reviews(person) else false()
    if not person.has_role(REVIEWER):
        is_open = and_(is_open, POSTS.c.confirmed_at.is_(None))
    return or_(_wrote(POSTS.c, person), is_open)


def shown(statement: Statement) -> Statement:
    """Keep the posts that everyone may read, in lists and counts; threads are not looked at.

    What was removed for ever has nothing left to read, so no list asks anybody to answer it.
    """
    return statement.where(
        Post.hidden_at.is_(None), Post.deleted_at.is_(None), Post.redacted_at.is_(None)
    )


def _reviews(person: Person) -> bool:
    return has_privilege(person, REVIEW_QUEUES)


def _takes_more() -> ColumnElement[bool]:
    """Say which posts everybody reads, with all that they hang under."""
    above = POSTS.alias()
    hangs_under = above.c.id.in_((POSTS.c.thread_id, POSTS.c.parent_id))
    return and_(_is_there(POSTS.c), ~exists().where(hangs_under, ~_is_there(above.c)))


def _is_there(post: Any) -> ColumnElement[bool]:
    return and_(post.hidden_at.is_(None), post.deleted_at.is_(None), post.redacted_at.is_(None))


def _reads(reference: ColumnElement[Any], person: Person) -> ColumnElement[bool]:
    """Say whether the post that a column points at, if any, may be read."""
    above = POSTS.alias()
    reads = and_(_sees_deleted(above.c, person), _reads_hidden(above.c, person))
    return or_(reference.is_(None), exists().where(above.c.id == reference, reads))


def _sees_deleted(post: Any, person: Person) -> ColumnElement[bool]:
    if person.has_role(MODERATOR):
        return true()
    return or_(post.deleted_at.is_(None), _wrote(post, person))


def _reads_hidden(post: Any, person: Person) -> ColumnElement[bool]:
    if person.has_role(MODERATOR):
        return true()
    if person.has_role(REVIEWER):
        return or_(post.hidden_at.is_(None), post.hidden_because != PATIENT_DATA)
    return post.hidden_at.is_(None)


def _wrote(post: Any, person: Person) -> ColumnElement[bool]:
    return post.author_id == person.id
