"""Proving that index and database hold the same threads in the same versions."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select, update

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Post, Question
from midtlink.questions.records import PATIENT_DATA
from midtlink.search.engine import engine
from midtlink.search.indexing import index_waiting
from midtlink.search.models import SearchEntry
from midtlink.search.queueing import MANY, queue_missing


@dataclass(frozen=True)
class Difference:
    """A thread that the index holds otherwise than the database; None: not at all."""

    question_id: int
    indexed: int | None
    wanted: int | None


def check_index() -> list[Difference]:
    """Return where index and database differ, beside what waits. Raises IndexUnavailable."""
    in_transaction(queue_missing)
    held = dict(engine().versions())
    wanted, waiting = _wanted(), _waiting()
    ids = sorted(held.keys() | wanted.keys())
    return [
        Difference(id, held.get(id), wanted.get(id))
        for id in ids
        if held.get(id) != wanted.get(id) and id not in waiting
    ]


def mend(differences: Iterable[Difference]) -> None:
    """Index again what differs. Raises IndexUnavailable."""
    ids = [each.question_id for each in differences]
    for start in range(0, len(ids), MANY):
        some = ids[start : start + MANY]
        in_transaction(lambda: _let_wait(some))  # noqa: B023 - called at once
    orphans = [each.question_id for each in differences if each.wanted is None]
    engine().drop(orphans)
    while index_waiting():
        pass


def _let_wait(ids: list[int]) -> None:
    entries = update(SearchEntry).where(SearchEntry.question_id.in_(ids))
    db.session.execute(entries.values(indexed=0, failures=0))


def _wanted() -> dict[int, int]:
    """Return the version of each thread that the index should hold."""
    found = (
        select(SearchEntry.question_id, SearchEntry.version)
        .join(Question, Question.id == SearchEntry.question_id)
        .where(Post.deleted_at.is_(None), Post.redacted_at.is_(None))
        .where(Post.hidden_at.is_(None) | (Post.hidden_because != PATIENT_DATA))
    )
    return dict(db.session.execute(found).all())


def _waiting() -> set[int]:
    statement = select(SearchEntry.question_id).where(SearchEntry.indexed < SearchEntry.version)
    return set(db.session.scalars(statement))
