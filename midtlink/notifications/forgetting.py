"""Notices of posts that nobody may see now, and rows of what leaves the database."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, exists, func, or_, select, update

from midtlink.extensions import db
from midtlink.notifications.models import Notice, NoticeChoice, NoticeSettings, ThreadMute
from midtlink.notifications.records import Delivery, FeedKey, Hook, OutgoingMail
from midtlink.questions.models import Post

NOTICES: Any = Notice.__table__
POSTS: Any = Post.__table__


def derive_away(question_ids: Select[Any]) -> None:
    """Put notices of some threads away, or back, as their posts may be seen now."""
    of_threads = NOTICES.c.question_id.in_(question_ids)
    db.session.execute(update(NOTICES).where(of_threads).values(is_away=_is_away()))


def _is_away() -> ColumnElement[bool]:
    """The post, what it is a comment on or the question is hidden, deleted or removed for ever."""
    post, above = POSTS.alias(), POSTS.alias()
    gone = or_(*(above.c[name].is_not(None) for name in ("hidden_at", "deleted_at", "redacted_at")))
    is_part = above.c.id.in_((post.c.id, post.c.parent_id, post.c.thread_id))
    return exists().where(post.c.id == NOTICES.c.post_id, is_part, gone)


def forget_posts(post_ids: Collection[int]) -> None:
    """Drop what speaks of posts that leave the database."""
    ids = list(post_ids)
    for column in (NOTICES.c.question_id, NOTICES.c.post_id, _of(ThreadMute).question_id):
        db.session.execute(delete(column.table).where(column.in_(ids)))
    delivery = _of(Delivery)
    for column in (delivery.question_id, delivery.post_id, _of(OutgoingMail).question_id):
        gone = update(column.table).where(column.in_(ids))
        db.session.execute(gone.values({column: None}))


def forget_people(person_ids: Collection[int]) -> None:
    """Drop what was for people who leave the database, and their names from what stays."""
    ids = list(person_ids)
    for column in (NOTICES.c.by_id, _of(Hook).made_by_id):
        unnamed = update(column.table).where(column.in_(ids))
        db.session.execute(unnamed.values({column: None}))
    for model in (Notice, NoticeChoice, NoticeSettings, ThreadMute, FeedKey, OutgoingMail):
        column = _of(model).person_id
        db.session.execute(delete(column.table).where(column.in_(ids)))


def threads_of(post_ids: Collection[int]) -> Select[Any]:
    """Select the threads that posts belong to."""
    thread_id = func.coalesce(POSTS.c.thread_id, POSTS.c.id)
    return select(thread_id).where(POSTS.c.id.in_(list(post_ids)))


def _of(model: Any) -> Any:
    return model.__table__.c
