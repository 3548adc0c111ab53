"""Seeing to what was searched for and not found."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.access import NotAllowed, NotFound
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.search.events import UnfoundReopened, UnfoundSettled
from midtlink.search.models import Unfound
from midtlink.search.policy import ids_in_care, may_see_unfound
from midtlink.search.rules import UNFOUND_SHOWN
from midtlink.topics.models import System

#: How somebody saw to it.
BY_QUESTION, BY_SYNONYM, DISMISSED = "question", "synonym", "dismissed"
_WAITS = Unfound.settled_at.is_(None)


def settle(
    row: Unfound, settlement: str, *, by: Person | None, question: Question | None = None
) -> None:
    """See to words that were not found. What is settled already stays as it is."""
    with transaction():
        if by is None or not may_see_unfound(by):
            raise NotAllowed(by, "settle", row)
        if row.settled_at is not None:
            return
        row.settled_at, row.settled_by_id, row.settlement = clock.now(), by.id, settlement
        row.question_id = question.id if question else None
        publish(
            UnfoundSettled(
                unfound_id=row.id,
                settlement=settlement,
                question_id=row.question_id,
                by_id=by.id,
            )
        )


def reopen(row: Unfound, *, by: Person | None) -> None:
    """Let words that were seen to wait again. What waits already stays as it is."""
    with transaction():
        if by is None or not may_see_unfound(by):
            raise NotAllowed(by, "reopen", row)
        if row.settled_at is not None:
            open_again(row)
            publish(UnfoundReopened(unfound_id=row.id, by_id=by.id))


def open_again(row: Unfound) -> None:
    """Forget that somebody saw to the words."""
    row.settled_at = row.settled_by_id = row.settlement = row.question_id = None


def get_unfound(unfound_id: int, *, seen_by: Person) -> Unfound:
    """Return words that were not found. Raises NotFound, also for those who may not see them."""
    row = db.session.get(Unfound, unfound_id, populate_existing=True)
    if row is None or not may_see_unfound(seen_by):
        raise NotFound(unfound_id)
    return row


def list_unfound(
    *, for_: Person | None = None, system: System | None = None, limit: int | None = UNFOUND_SHOWN
) -> Sequence[Unfound]:
    """Return what waits: a person's systems first, then what is searched for most."""
    statement = select(Unfound).where(_WAITS).options(joinedload(Unfound.system))
    if system:
        statement = statement.where(Unfound.system_id == system.id)
    often = Unfound.zero_count + Unfound.unopened_count
    order = often.desc(), Unfound.last_at.desc(), Unfound.id.asc()
    mine = (_in_care(for_),) if for_ else ()
    return db.session.scalars(statement.order_by(*mine, *order).limit(limit)).all()


def count_unfound() -> dict[System | None, int]:
    """Return how many wait for each system, by name; None are those of no system."""
    counted = (
        select(System, func.count(Unfound.id))
        .select_from(Unfound)
        .outerjoin(Unfound.system)
        .where(_WAITS)
        .group_by(System.id)
        .order_by(System.name)
    )
    return {row[0]: row[1] for row in db.session.execute(counted)}


def _in_care(person: Person) -> ColumnElement[int]:
    return case((Unfound.system_id.in_(ids_in_care(person)), 0), else_=1)
