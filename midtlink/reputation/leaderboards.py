"""Who helps: departments this week, and those who build bridges this month.

Departments are compared by how often they helped for every hundred employees, and only those with
enough people to hide each of them. Of people there is a list of names: those who chose to stand in
it, by the alphabet, with no number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.models import GRANT
from midtlink.reputation.rules import HELPS
from midtlink.settings import queries as settings

#: The week is the last seven days: a Monday morning is no empty page.
WEEK = timedelta(days=7)
#: Fewer people than this could be told from each other.
SMALLEST_DEPARTMENT = 5
#: Departments on the home page's card, and the reader's own.
MOST_ON_CARD = 5
#: In the Danish alphabet these come last, and some letters of the neighbours beside their kin.
ALPHABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y", "é": "e"})


@dataclass(frozen=True)
class HelpingDepartment:
    """A department, how often it helped, and for how many employees that is."""

    id: int
    name: str
    help_count: int
    employees: int
    #: 1 for the one that helped most; departments with the same rate share their place.
    place: int = 0

    @property
    def rate(self) -> int:
        """How often it helped for every hundred employees, as it is shown: no finer than that."""
        return round(100 * self.help_count / self.employees)


def helping_departments() -> list[HelpingDepartment]:
    """Return the departments that helped in the last seven days, those that helped most first.

    Empty where points are switched off. One statement, which reads the week of the ledger.
    """
    if not settings.is_on("points_are_on"):
        return []
    count, employees = func.sum(LEDGER.c.sign), func.count()
    helped = (
        select(LEDGER.c.helper_department_id.label("id"), count.label("count"))
        .where(LEDGER.c.helper_department_id.is_not(None), *_counted_since(clock.now() - WEEK))
        .group_by(LEDGER.c.helper_department_id)
        .having(count > 0)
        .subquery()
    )
    statement = (
        select(Department.id, Department.name, helped.c.count, employees)
        .join(helped, helped.c.id == Department.id)
        .join(Person, and_(Person.department_id == Department.id, Person.is_active))
        .group_by(Department.id, Department.name, helped.c.count)
        .having(employees >= SMALLEST_DEPARTMENT)
    )
    found = [HelpingDepartment(*row) for row in db.session.execute(statement)]
    return _placed(sorted(found, key=lambda each: (-each.rate, danish(each.name))))


def foremost(
    departments: Sequence[HelpingDepartment], own_id: int | None
) -> list[HelpingDepartment]:
    """Return the few that a card has room for: whole places, and the reader's own department.

    Who shares a place stands there with all of them, unless that place alone is too many.
    """
    last = departments[MOST_ON_CARD].place if len(departments) > MOST_ON_CARD else None
    fitting = [each for each in departments if last is None or each.place < last]
    shown = fitting[:MOST_ON_CARD] or list(departments[:MOST_ON_CARD])
    return shown + [each for each in departments if each.id == own_id and each not in shown]


def bridge_builders() -> Sequence[Person]:
    """Return who helped another department this month and chose to stand in such a list.

    By the alphabet. Empty where points are switched off.
    """
    if not settings.is_on("points_are_on"):
        return []
    builders = (
        select(LEDGER.c.person_id)
        .where(LEDGER.c.is_bridge, *_counted_since(month_began()))
        .group_by(LEDGER.c.person_id)
        .having(func.sum(LEDGER.c.sign) > 0)
    )
    statement = (
        select(Person)
        .where(Person.is_active, Person.is_listed, Person.hides_points.is_(False))
        .where(Person.id.in_(builders))
        .options(joinedload(Person.department))
    )
    return sorted(db.session.scalars(statement), key=lambda person: danish(person.name))


def month_began() -> datetime:
    """Return when the month began at the hospital."""
    local = clock.now().astimezone(clock.HOSPITAL_TIME)
    return local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def danish(name: str) -> str:
    """Return what sorts a name by the Danish alphabet."""
    return name.casefold().replace("aa", "å").translate(ALPHABET)


def _counted_since(since: datetime) -> list[ColumnElement[bool]]:
    """Keep the help that was granted since a moment, and what took just that back."""
    of_the_time = exists().where(FACTS.c.id == LEDGER.c.grant_fact_id, FACTS.c.happened_at >= since)
    return [
        LEDGER.c.happened_at >= since,
        LEDGER.c.rule.in_(HELPS),
        LEDGER.c.sign != 0,
        or_(LEDGER.c.kind == GRANT, of_the_time),
    ]


def _placed(departments: Sequence[HelpingDepartment]) -> list[HelpingDepartment]:
    rates = [each.rate for each in departments]
    return [
        HelpingDepartment(each.id, each.name, each.help_count, each.employees, place)
        for each, place in zip(departments, (1 + rates.index(rate) for rate in rates), strict=True)
    ]
