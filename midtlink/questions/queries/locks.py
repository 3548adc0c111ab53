"""Locking a thread: verbs that change anything in it go one after the other."""

from collections.abc import Iterable
from typing import Any, TypeVar

from sqlalchemy import func, inspect, select, true
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.events import memo
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Post, Question
from midtlink.questions.queries.posts import LARGEST_ID, get_post

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
    if memo().get("fresh") == post.id:
        return post
    lock_threads([post.question_id])
    ids = {post.id, post.question_id, post.parent_id or post.id}
    statement = select(Post).where(Post.id.in_(ids)).execution_options(populate_existing=True)
    return {each.id: each for each in db.session.scalars(statement)}[post.id]  # type: ignore[return-value]


def get_post_to_change(post_id: int, *, by: Person | None, alone_in: str) -> Post:
    """Return a post as `get_post` does, for somebody about to change something on it.

    Its thread is locked first, and so is what the person does, under the name `alone_in`, in the
    statement that loads the person: what a press on a button asks of the database is counted.
    """
    if by is None or not 0 < post_id <= LARGEST_ID:
        raise NotFound(post_id)
    threads, posts = Question.__table__.c, Post.__table__.c
    (person_id,) = inspect(by).identity or (0,)  # Asking the row itself would load it.
    of_post = select(func.coalesce(posts.thread_id, posts.id)).where(posts.id == post_id)
    statement = (
        select(Person, threads.id, *_alone(f"{alone_in}.{person_id}"))
        .join(Question.__table__, true())
        .where(Person.id == person_id, threads.id == of_post.scalar_subquery())
        .options(joinedload(Person.role_grants))
        .execution_options(populate_existing=True)
        .with_for_update(of=Question.__table__)
    )
    db.session.execute(statement).unique().all()
    post = get_post(post_id, seen_by=by)
    memo().update(fresh=post.id, alone=(alone_in, person_id))
    return post


def _alone(key: str) -> list[Any]:
    """Hold the key until the transaction ends (SQLite writes alone), within another statement."""
    if db.session.connection().dialect.name != "postgresql":
        return []
    return [func.pg_advisory_xact_lock(func.hashtextextended(key, 0))]


def lock_threads(question_ids: Iterable[int]) -> None:
    """Lock threads until the transaction ends, always in the order of their ids."""
    threads = Question.__table__.c
    statement = select(threads.id).where(threads.id.in_(set(question_ids)))
    db.session.execute(statement.order_by(threads.id).with_for_update())
