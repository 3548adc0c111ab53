"""The ledger in the database, as one fact at a time asks of it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Date, Table, Update, case, func, literal, select, true, update

from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.reputation.ledger.lines import Line, Standing, standing_among
from midtlink.reputation.models import Entry
from midtlink.reputation.rules import BRIDGE

LEDGER: Table = Entry.__table__  # type: ignore[assignment]
PEOPLE: Table = Person.__table__  # type: ignore[assignment]
#: The ledger's columns in the order of a Line's fields.
COLUMNS = [LEDGER.c[name] for name in Line._fields]


class Colleague(NamedTuple):
    """A person as the ledger needs them: where they work, what they have earned today."""

    id: int
    department_id: int | None
    site_id: int | None
    profession: str
    counted_on: date | None
    counted: int


def lock_colleagues(ids: Iterable[int | None]) -> dict[int, Colleague]:
    """Return people by id, locked until the transaction ends, so that caps hold in a race."""
    people: Any = PEOPLE.c
    statement = (
        select(
            people.id,
            people.department_id,
            Department.site_id,
            people.profession,
            people.counted_on,
            people.counted,
        )
        .outerjoin(Department, Department.id == people.department_id)
        .where(people.id.in_({each for each in ids if each is not None}))
        .order_by(people.id)
        .with_for_update(of=PEOPLE, key_share=True)
    )
    return {row.id: Colleague(*row) for row in db.session.execute(statement)}


class StoredBook:
    """Reads the ledger; the people whose caps it is asked about must be locked."""

    def __init__(self, colleagues: dict[int, Colleague]) -> None:
        self._colleagues = colleagues

    def of_source(self, source: str) -> Sequence[Standing]:
        """As Book says."""
        return standing_among(lines_where(LEDGER.c.source == source))

    def of_post(self, post_id: int) -> Sequence[Standing]:
        """As Book says."""
        return standing_among(lines_where(LEDGER.c.post_id == post_id))

    def earned(self, person_id: int, day: date) -> int:
        """As Book says. The person's row knows it of the newest day; of others the ledger does."""
        known = self._colleagues[person_id]
        if known.counted_on == day:
            return known.counted
        if known.counted_on is None or known.counted_on < day:
            return 0
        statement = select(func.coalesce(func.sum(LEDGER.c.points), 0)).where(
            LEDGER.c.person_id == person_id, LEDGER.c.counted_on == day
        )
        return int(db.session.scalar(statement) or 0)

    def has_bridged(self, person_id: int, department_id: int) -> bool:
        """As Book says."""
        counting = select(func.sum(LEDGER.c.sign)).where(
            LEDGER.c.person_id == person_id,
            LEDGER.c.rule == BRIDGE,
            LEDGER.c.asker_department_id == department_id,
        )
        return (db.session.scalar(counting) or 0) > 0


def lines_where(*conditions: ColumnElement[bool]) -> list[Line]:
    """Return the ledger's entries that fit, in their order."""
    statement = select(*COLUMNS).where(*conditions).order_by(LEDGER.c.fact_id, LEDGER.c.ordinal)
    return [Line(*row) for row in db.session.execute(statement)]


def add_to_totals(lines: Sequence[Line]) -> None:
    """Add entries to the sums that their people's rows keep, in the order of the people."""
    for person_id in sorted({line.person_id for line in lines}):
        own = [line for line in lines if line.person_id == person_id]
        days: Counter[date] = Counter()
        for line in own:
            if line.counted_on is not None:
                days[line.counted_on] += line.points
        points = sum(line.points for line in own)
        if points or days:
            db.session.execute(_added(person_id, points, days))


def _added(person_id: int, points: int, days: Counter[date]) -> Update:
    """Add to a person's total, and to what the newest day has used of its cap."""
    people: Any = PEOPLE.c
    values: dict[str, Any] = {"points": people.points + points}
    if days:
        newest = literal(max(days), Date())
        is_newer = func.coalesce(people.counted_on < newest, true())
        more = days[max(days)]
        values["counted"] = case(
            (is_newer, more),
            (people.counted_on == newest, people.counted + more),
            else_=people.counted,
        )
        values["counted_on"] = case((is_newer, newest), else_=people.counted_on)
    return update(PEOPLE).where(people.id == person_id).values(values)
