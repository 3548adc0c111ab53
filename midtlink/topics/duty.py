"""A super-user says to be on duty, for all that they look after, and to be so no longer."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.events import DutyBegun, DutyEnded
from midtlink.topics.models import SuperUser
from midtlink.topics.rules import DUTY_HOURS


def begin_duty(*, by: Person | None) -> None:
    """Be on duty from now on, for twelve hours at most. Who is on duty already stays so."""
    with transaction():
        rows = _own_appointments(by, "begin duty")
        if not all(row.is_on_duty for row in rows):
            until = clock.now() + timedelta(hours=DUTY_HOURS)
            for row in rows:
                row.on_duty_until = until
            publish(DutyBegun(by_id=rows[0].person_id))


def end_duty(*, by: Person | None) -> None:
    """Be on duty no longer. Who is not changes nothing."""
    with transaction():
        rows = _own_appointments(by, "end duty")
        was_on_duty = any(row.is_on_duty for row in rows)
        for row in rows:
            row.on_duty_until = None
        if was_on_duty:
            publish(DutyEnded(by_id=rows[0].person_id))


def _own_appointments(by: Person | None, action: str) -> Sequence[SuperUser]:
    """Return the person's standing appointments, locked. Raises NotAllowed where there are none."""
    if by is None or not by.is_active:
        raise NotAllowed(by, action)
    statement = (
        select(SuperUser)
        .where(SuperUser.person_id == by.id, SuperUser.ended_at.is_(None))
        .order_by(SuperUser.id)
        .with_for_update(of=SuperUser)
        .execution_options(populate_existing=True)
    )
    rows = db.session.scalars(statement).all()
    if not rows:
        raise NotAllowed(by, action)
    return rows
