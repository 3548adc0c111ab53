"""Finding colleagues."""

import re
from collections.abc import Iterator

from sqlalchemy import ColumnElement, exists, false, or_, select
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person, PersonFollow
from midtlink.people.rules import LONGEST_USERNAME
from midtlink.texts import FORBIDDEN

WITH_PLACE_AND_ROLES = (
    joinedload(Person.department).joinedload(Department.site),
    joinedload(Person.role_grants),
)


def find_person(username: str) -> Person | None:
    """Return the colleague with the username, however it is written."""
    statement = select(Person).where(_is_called(username)).options(*WITH_PLACE_AND_ROLES)
    return db.session.scalars(statement).unique().one_or_none()


def get_person(username: str) -> Person:
    """Return the colleague with the username. Raises NotFound."""
    person = find_person(username)
    if person is None:
        raise NotFound(username)
    return person


def get_colleague(username: str, *, seen_by: Person) -> tuple[Person, bool]:
    """Return the colleague with the username, and whether the reader follows them, in one go.

    Raises NotFound.
    """
    of_reader = PersonFollow.person_id == seen_by.id, PersonFollow.followed_id == Person.id
    statement = select(Person, exists().where(*of_reader)).where(_is_called(username))
    row = db.session.execute(statement.options(*WITH_PLACE_AND_ROLES)).unique().one_or_none()
    if row is None:
        raise NotFound(username)
    return row[0], row[1]


def get_department(department_id: int) -> Department:
    """Return the department with the id, and its site. Raises NotFound."""
    site = joinedload(Department.site)
    department = db.session.get(Department, department_id, options=[site])
    if department is None:
        raise NotFound(department_id)
    return department


def get_person_by_id(person_id: int) -> Person:
    """Return the colleague with the id. Raises NotFound."""
    person = db.session.get(Person, person_id)
    if person is None:
        raise NotFound(person_id)
    return person


def names_of(ids: set[int]) -> dict[int, str]:
    """Return the names of people by id."""
    if not ids:
        return {}
    rows = db.session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {row.id: row.name for row in rows}


def list_everybody(*, shows_inactive: bool = False) -> list[Person]:
    """Return every colleague by username, with department and roles."""
    statement = select(Person).order_by(Person.username).options(*WITH_PLACE_AND_ROLES)
    if not shows_inactive:
        statement = statement.where(Person.is_active)
    return list(db.session.scalars(statement).unique())


def list_without_password(department: str) -> list[Person]:
    """Return who is active in a department and has no password yet."""
    statement = (
        select(Person)
        .join(Person.department)
        .where(Department.name == department, Person.is_active, Person.password_hash.is_(None))
        .order_by(Person.username)
    )
    return list(db.session.scalars(statement))


def list_people(
    words: str = "", *, after: str = "", department_id: int | None = None
) -> Slice[Person]:
    """Return a page of colleagues by username whose name or username holds the words.

    Without words it is those of the hospital; who came with an import is found by name.
    """
    statement = select(Person).order_by(Person.username).options(*WITH_PLACE_AND_ROLES)
    if words.strip():
        statement = statement.where(or_(*_holds(words.strip())))
    elif department_id is None:
        statement = statement.where(Person.origin.is_(None))
    if department_id is not None:
        statement = statement.where(Person.department_id == department_id)
    if after:
        statement = statement.where(Person.username > after)
    rows = db.session.scalars(statement.limit(PAGE_SIZE + 1)).unique().all()
    return Slice(rows[:PAGE_SIZE], rows[PAGE_SIZE - 1].username if len(rows) > PAGE_SIZE else None)


def _is_called(username: str) -> ColumnElement[bool]:
    name = fold(username)
    if not name or len(name) > LONGEST_USERNAME or FORBIDDEN.search(name):
        return false()
    return Person.username == name


def _holds(words: str) -> Iterator[ColumnElement[bool]]:
    """Conditions that a name holds the words; SQLite knows no capitals beyond ASCII."""
    for written in {words, words.lower(), words.title()}:
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", written) + "%"
        yield Person.name.ilike(pattern, escape="\\")
        yield Person.username.ilike(pattern, escape="\\")
