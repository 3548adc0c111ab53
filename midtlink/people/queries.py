"""Finding colleagues."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person
from midtlink.people.rules import LONGEST_USERNAME
from midtlink.texts import FORBIDDEN


def find_person(username: str) -> Person | None:
    """Return the colleague with the username, however it is written."""
    name = fold(username)
    if not name or len(name) > LONGEST_USERNAME or FORBIDDEN.search(name):
        return None
    statement = (
        select(Person)
        .where(Person.username == name)
        .options(
            joinedload(Person.department).joinedload(Department.site),
            joinedload(Person.role_grants),
        )
    )
    return db.session.scalars(statement).unique().one_or_none()


def get_person(username: str) -> Person:
    """Return the colleague with the username. Raises NotFound."""
    person = find_person(username)
    if person is None:
        raise NotFound(username)
    return person


def get_person_by_id(person_id: int) -> Person:
    """Return the colleague with the id. Raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(person_id)
    return person
