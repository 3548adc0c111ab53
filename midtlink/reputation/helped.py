"""Whom somebody has helped: how many departments, sites and professions, and how often each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select

from midtlink.extensions import db
from midtlink.people.models import Department, Person, Site
from midtlink.people.policy import may_see_points
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.models import Fact
from midtlink.reputation.rules import HELPS

#: The places that a page shows bars of; the others are counted with them.
BARS = 6
FACTS: Any = Fact.__table__


@dataclass(frozen=True)
class Bar:
    """A place or a profession, how often somebody there was helped, and how long the bar is."""

    name: str
    count: int
    #: Of a hundred; the longest bar has all of them.
    length: int


@dataclass(frozen=True)
class Counts:
    """How often each of some places was helped, the most helped first."""

    counts: Sequence[tuple[str, int]] = ()

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.counts)

    @property
    def bars(self) -> list[Bar]:
        """The most helped of them."""
        most = self.counts[0][1] if self.counts else 1
        return [
            Bar(name, count, max(1, round(100 * count / most)))
            for name, count in self.counts[:BARS]
        ]


@dataclass(frozen=True)
class Helped:
    """Whom a person has helped, by where they worked at that moment."""

    departments: Counts
    sites: Counts
    professions: Counts


def helped_by(person: Person, *, seen_by: Person) -> Helped | None:
    """Return whom a person has helped; None for those who may not see it, and for nobody helped."""
    if not may_see_points(seen_by, person):
        return None
    departments: Counter[str] = Counter()
    sites: Counter[str] = Counter()
    professions: Counter[str] = Counter()
    for department, site, profession, number in db.session.execute(_helps(person)):
        departments[department] += number
        sites[site] += number
        professions[profession] += number
    every = [_counts(each) for each in (departments, sites, professions)]
    return Helped(*every) if any(each.number for each in every) else None


def _counts(counter: Counter[Any]) -> Counts:
    known = [(name, count) for name, count in counter.items() if name and count > 0]
    return Counts(sorted(known, key=lambda each: (-each[1], each[0])))


def _helps(person: Person) -> Any:
    """Select how often a person has helped in each department, site and profession.

    Always the asker's: where a voter works could be one person's only colleague, and nobody is
    told who voted. Help with one's own question counts nowhere.
    """
    asker_id = FACTS.c.asker_id
    helps = (
        select(
            LEDGER.c.asker_department_id.label("d"),
            LEDGER.c.asker_site_id.label("s"),
            LEDGER.c.asker_profession.label("p"),
            LEDGER.c.sign,
        )
        .join(FACTS, FACTS.c.id == LEDGER.c.grant_fact_id)
        .where(LEDGER.c.person_id == person.id, LEDGER.c.rule.in_(HELPS), LEDGER.c.sign != 0)
        .where(or_(asker_id.is_(None), asker_id != person.id))
        .subquery()
    )
    number = func.sum(helps.c.sign)
    return (
        select(Department.name, Site.name, helps.c.p, number)
        .select_from(helps)
        .outerjoin(Department, Department.id == helps.c.d)
        .outerjoin(Site, Site.id == helps.c.s)
        .group_by(Department.name, Site.name, helps.c.p)
        .having(number > 0)
    )
