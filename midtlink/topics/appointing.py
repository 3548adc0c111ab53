"""Appointing super-users: of a system, of a department, or of one in the other."""

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed, NotFound
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.refusals import Refused
from midtlink.topics.events import AppointmentEnded, SuperUserAppointed
from midtlink.topics.models import SuperUser, System
from midtlink.topics.policy import may_appoint


def appoint(
    person: Person,
    *,
    system: System | None = None,
    department: Department | None = None,
    by: Person | None,
) -> SuperUser:
    """Make a colleague super-user. The same appointment again gives the one that stands."""
    with transaction():
        if by is None or not may_appoint(by):
            raise NotAllowed(by, "appoint", person)
        if system is None and department is None:
            raise Refused("system", "of_nothing")
        if not person.is_active:
            raise Refused("username", "unknown_person")
        hold(f"topics.appointments.{person.id}")
        of = {
            "person_id": person.id,
            "system_id": system.id if system else None,
            "department_id": department.id if department else None,
        }
        return _find_standing(of) or _appoint(of, by)


def end_appointment(appointment_id: int, *, by: Person | None) -> None:
    """End an appointment; its row stays. An ended one stays as it ended. Raises NotFound."""
    with transaction():
        if by is None or not may_appoint(by):
            raise NotAllowed(by, "end", appointment_id)
        row = db.session.get(SuperUser, appointment_id, with_for_update={"of": SuperUser})
        if row is None:
            raise NotFound(appointment_id)
        if row.ended_at is None:
            row.ended_at = clock.now()
            fact = AppointmentEnded(appointment_id=row.id, person_id=row.person_id, by_id=by.id)
            publish(fact)


def _find_standing(of: dict[str, int | None]) -> SuperUser | None:
    statement = select(SuperUser).filter_by(**of).where(SuperUser.ended_at.is_(None))
    return db.session.scalars(statement).first()


def _appoint(of: dict[str, int | None], by: Person) -> SuperUser:
    row = SuperUser(**of, appointed_at=clock.now(), appointed_by_id=by.id)
    db.session.add(row)
    db.session.flush()
    publish(SuperUserAppointed(appointment_id=row.id, person_id=row.person_id, by_id=by.id))
    return row
