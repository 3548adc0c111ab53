"""Numbers and states of threads, worked out anew from the rows after a batch."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from midtlink.extensions import db
from midtlink.importing.bulk.converging import Values, update_rows
from midtlink.importing.bulk.tables import posts, questions
from midtlink.importing.report import Report
from midtlink.questions.models import ANSWER, COMMENT
from midtlink.questions.records import SAME, Acceptance, Closure, Reaction, Revision
from midtlink.questions.rules import VOTES_AGAINST, VOTES_FOR, status, wilson_lower_bound


def refresh(
    ids: Iterable[int], report: Report, active: Mapping[int, datetime | None] | None = None
) -> set[int]:
    """Set votes, ranks, answer counts and status of these threads; return those that changed.

    `active` holds when its source last saw each thread active; what happened here may be later.
    """
    threads = list(ids)
    votes = _votes(threads)
    rows = _posts(threads)
    changed = {rows[at]["thread_id"] or at for at in _refresh_posts(rows, votes)}
    answers = Counter(row["thread_id"] for row in rows.values() if _is_shown_answer(row))
    accepted, closed = _accepted(threads), _closed(threads)
    stored = _questions(threads)
    here = _active_here(threads) if active else {}
    wanted: dict[int, Values] = {}
    for at in threads:
        chosen, closed_at = accepted.get(at), closed.get(at)
        wanted[at] = {
            "answer_count": answers[at],
            "same_count": votes[at, SAME],
            "accepted_answer_id": chosen,
            "closed_at": closed_at,
            "status": status(
                is_closed=closed_at is not None,
                is_solved=chosen is not None,
                answer_count=answers[at],
            ),
        }
        if active and (moment := active.get(at)):
            wanted[at]["active_at"] = max(moment, here.get(at, moment))
    return changed | set(update_rows(questions, stored, wanted))


def _refresh_posts(rows: dict[int, Values], votes: Counter[tuple[int, str]]) -> list[int]:
    wanted: dict[int, Values] = {}
    for at, row in rows.items():
        if row["kind"] != COMMENT:
            up = sum(votes[at, kind] for kind in VOTES_FOR)
            down = sum(votes[at, kind] for kind in VOTES_AGAINST)
            wanted[at] = {"up_count": up, "down_count": down}
        if row["kind"] == ANSWER:
            wanted[at]["rank"] = wilson_lower_bound(up, down)
    return update_rows(posts, rows, wanted)


def _posts(threads: list[int]) -> dict[int, Values]:
    names = ("id", "kind", "thread_id", "up_count", "down_count", "rank", "hidden_at", "deleted_at")
    statement = select(*(posts.c[name] for name in names)).where(
        posts.c.id.in_(threads) | posts.c.thread_id.in_(threads)
    )
    return {row["id"]: dict(row) for row in db.session.execute(statement).mappings()}


def _is_shown_answer(row: Values) -> bool:
    return row["kind"] == ANSWER and row["hidden_at"] is None and row["deleted_at"] is None


def _votes(threads: list[int]) -> Counter[tuple[int, str]]:
    statement = (
        select(Reaction.post_id, Reaction.kind, func.count())
        .join(posts, posts.c.id == Reaction.post_id)
        .where(posts.c.id.in_(threads) | posts.c.thread_id.in_(threads))
        .where(Reaction.withdrawn_at.is_(None))
        .group_by(Reaction.post_id, Reaction.kind)
    )
    return Counter({(at, kind): count for at, kind, count in db.session.execute(statement)})


def _accepted(threads: list[int]) -> dict[int, int]:
    """Return the chosen answers that may be seen."""
    statement = (
        select(Acceptance.question_id, Acceptance.answer_id)
        .join(posts, posts.c.id == Acceptance.answer_id)
        .where(Acceptance.question_id.in_(threads), Acceptance.ended_at.is_(None))
        .where(posts.c.hidden_at.is_(None), posts.c.deleted_at.is_(None))
    )
    return dict(db.session.execute(statement).all())


def _closed(threads: list[int]) -> dict[int, datetime]:
    statement = select(Closure.question_id, Closure.closed_at).where(
        Closure.question_id.in_(threads), Closure.reopened_at.is_(None)
    )
    return dict(db.session.execute(statement).all())


def _questions(threads: list[int]) -> dict[int, Values]:
    statement = select(questions).where(questions.c.id.in_(threads))
    return {row["id"]: dict(row) for row in db.session.execute(statement).mappings()}


def _active_here(threads: list[int]) -> dict[int, datetime]:
    """Return when a colleague last wrote in each thread."""
    thread = func.coalesce(posts.c.thread_id, posts.c.id)
    in_threads = posts.c.id.in_(threads) | posts.c.thread_id.in_(threads)
    written: Any = select(thread, func.max(posts.c.created_at)).where(
        in_threads, posts.c.origin.is_(None)
    )
    edited: Any = (
        select(thread, func.max(Revision.made_at))
        .join(Revision, Revision.post_id == posts.c.id)
        .where(in_threads, Revision.origin.is_(None))
    )
    found: dict[int, datetime] = {}
    for statement in (written.group_by(thread), edited.group_by(thread)):
        for at, moment in db.session.execute(statement):
            found[at] = max(moment, found.get(at, moment))
    return found
