"""Telling the index, in the transaction of a change, that a thread waits for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, false, func, insert, literal, or_, select, update

from midtlink import clock
from midtlink.extensions import db, upsert
from midtlink.questions.models import Post
from midtlink.search.models import SearchEntry

COLUMNS = [
    *("question_id", "version", "indexed", "is_withdrawn", "is_removed", "queued_at", "failures"),
]
#: Ids in one statement; SQLite takes 32,766 parameters.
MANY = 1_000


def queue(question_id: int, *, is_withdrawn: bool = False, is_removed: bool = False) -> None:
    """Let a thread wait for the index. One that is withdrawn is not found from now on.

    Of one whose text `is_removed` for ever nothing stays in the index's files either.
    """
    queue_where(select(literal(question_id)), is_withdrawn=is_withdrawn)
    if is_removed:
        entry = update(SearchEntry).where(SearchEntry.question_id == question_id)
        db.session.execute(entry.values(is_removed=True))


def queue_posts(post_ids: Iterable[int], *, is_withdrawn: bool = False) -> None:
    """Let the threads of the posts wait."""
    of_thread = func.coalesce(Post.thread_id, Post.id)
    ids = list(post_ids)
    for start in range(0, len(ids), MANY):
        wanted = (
            select(of_thread)
            .where(Post.id.in_(ids[start : start + MANY]))
            .distinct()
            .order_by(of_thread)
        )
        queue_where(wanted, is_withdrawn=is_withdrawn)


def queue_where(question_ids: Select[Any], *, is_withdrawn: bool = False) -> None:
    """Let the threads wait whose ids a statement selects, in the order of their ids."""
    ids = question_ids.subquery()
    column = ids.c[0]
    rows = select(column, *_first_values(is_withdrawn)).where(column.is_not(None)).order_by(column)
    db.session.flush()
    db.session.execute(_upsert(rows), execution_options={"synchronize_session": False})


def _first_values(is_withdrawn: bool) -> list[Any]:
    moment = literal(clock.now(), SearchEntry.queued_at.type)
    return [literal(1), literal(0), literal(is_withdrawn), false(), moment, literal(0)]


def _upsert(rows: Select[Any]) -> Any:
    """Add entries, or raise the version of those that are there; who waits keeps the place."""
    table = SearchEntry.__table__.c
    statement = upsert(SearchEntry).from_select(COLUMNS, rows)
    fresh = statement.excluded
    waits = table.indexed < table.version
    return statement.on_conflict_do_update(
        index_elements=[table.question_id],
        set_={
            "version": table.version + 1,
            "is_withdrawn": or_(table.is_withdrawn, fresh.is_withdrawn),
            "queued_at": case((waits, table.queued_at), else_=fresh.queued_at),
            "failures": 0,
        },
    )


def queue_missing() -> None:
    """Let every thread wait that has no entry yet."""
    known = select(SearchEntry.question_id)
    asked = select(Post.id).where(Post.thread_id.is_(None), Post.id.not_in(known))
    rows = select(asked.subquery().c[0], *_first_values(False))
    db.session.execute(insert(SearchEntry).from_select(COLUMNS, rows))
