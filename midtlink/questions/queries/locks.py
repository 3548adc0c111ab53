"""Locking a thread: verbs that change anything in it go one after the other."""

from collections.abc import Iterable
from typing import TypeVar

from sqlalchemy import select

from midtlink.extensions import db
from midtlink.questions.models import Post, Question

AnyPost = TypeVar("AnyPost", bound=Post)


def lock_thread(question_id: int) -> Question:
    """Return a question afresh, its thread locked until the transaction ends.

    The lock is a statement of its own: PostgreSQL would read the joined tables of a locking
    statement as they were before it waited.
    """
    lock_threads([question_id])
    statement = select(Question).where(Question.id == question_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def lock(post: AnyPost) -> AnyPost:
    """Return a post and those that it hangs under afresh, their thread locked."""
    lock_threads([post.question_id])
    ids = {post.id, post.question_id, post.parent_id or post.id}
    statement = select(Post).where(Post.id.in_(ids)).execution_options(populate_existing=True)
    return {each.id: each for each in db.session.scalars(statement)}[post.id]  # type: ignore[return-value]


def lock_threads(question_ids: Iterable[int]) -> None:
    """Lock threads until the transaction ends, always in the order of their ids."""
    threads = Question.__table__.c
    statement = select(threads.id).where(threads.id.in_(set(question_ids)))
    db.session.execute(statement.order_by(threads.id).with_for_update())
