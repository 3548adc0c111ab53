"""Replaying every fact: proving that ledger, totals and standings are what they should be."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, insert, select, text, tuple_, update

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import COMMENT, Post
from midtlink.reputation.badges.queueing import queue_people
from midtlink.reputation.ledger.accounting import lines_of
from midtlink.reputation.ledger.books import MemoryBook
from midtlink.reputation.ledger.crediting import credit_posts
from midtlink.reputation.ledger.gathering import gather, parts
from midtlink.reputation.ledger.lines import Line
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import COLUMNS, LEDGER, PEOPLE
from midtlink.reputation.ledger.topic_standing import (
    STANDINGS,
    derive_standings,
    standings_by_ledger,
)
from midtlink.reputation.models import RuleChange
from midtlink.reputation.rules import Values, values_at

#: Posts looked through at once for facts that nobody wrote down.
BATCH = 500
#: Rows fetched at once.
PAGE = 5_000

Tell = Callable[[int], None]
Total = tuple[int, date | None, int]


@dataclass
class Difference:
    """Where the database is not what replaying its facts gives."""

    #: Events that give or take points and were never written down as facts.
    missing_facts: int = 0
    #: Entries that are stored and should not be, and the other way round.
    wrong: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)
    #: What the totals should be of those who have another one, by person.
    totals: dict[int, Total] = field(default_factory=dict)
    #: Whose standings differ.
    standings: set[int] = field(default_factory=set)
    facts: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing_facts or self.wrong or self.right or self.totals or self.standings)


def check(tell: Tell = lambda count: None) -> Difference:
    """Compare ledger, totals and standings with a replay of all facts. Changes nothing."""
    found = _replay(tell)
    found.missing_facts = sum(len(gather(ids)) for ids in _post_ids())
    return found


def rebuild(tell: Tell = lambda count: None) -> Difference:
    """Write down the facts that are missing, replay all, and mend what differs.

    Nobody else writes points meanwhile. Done twice, the second time mends nothing.
    """
    added = 0
    for ids in _post_ids():
        added += in_transaction(lambda: credit_posts(ids))  # noqa: B023 - called at once
    found = in_transaction(lambda: _mend(tell))
    found.missing_facts = added
    return found


def _mend(tell: Tell) -> Difference:
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE reputation_facts IN SHARE ROW EXCLUSIVE MODE"))
    found = _replay(tell)
    for part in parts([line[:2] for line in found.wrong]):
        keys = tuple_(LEDGER.c.fact_id, LEDGER.c.ordinal).in_(part)
        db.session.execute(delete(LEDGER).where(keys))
    for lines in parts(found.right):
        db.session.execute(insert(LEDGER), [line._asdict() for line in lines])
    if found.totals:
        rows = [
            {"at": person_id, "sum": points, "day": day, "used": used}
            for person_id, (points, day, used) in sorted(found.totals.items())
        ]
        statement = update(PEOPLE).where(PEOPLE.c.id == bindparam("at"))
        values: Any = {name: bindparam(to) for name, to in
                  (("points", "sum"), ("counted_on", "day"), ("counted", "used"))}  # fmt: skip
        db.session.connection().execute(statement.values(values), rows)
    derive_standings(found.standings | _whose_standings_differ())
    queue_people({line.person_id for line in found.wrong + found.right})
    db.session.expire_all()
    return found


def _replay(tell: Tell) -> Difference:
    found, totals = Difference(), _Totals()
    stored = _stored_lines()
    waiting = next(stored, None)
    for count, line in _replayed():
        found.facts = count
        if count % PAGE == 0:
            tell(count)
        if line is None:
            continue
        totals.add(line)
        while waiting is not None and waiting[:2] < line[:2]:
            found.wrong.append(waiting)
            waiting = next(stored, None)
        if waiting != line:
            found.right.append(line)
        if waiting is not None and waiting[:2] == line[:2]:
            if waiting != line:
                found.wrong.append(waiting)
            waiting = next(stored, None)
    while waiting is not None:
        found.wrong.append(waiting)
        waiting = next(stored, None)
    found.totals = totals.differing()
    found.standings = {line.person_id for line in found.wrong + found.right}
    found.standings |= _whose_standings_differ()
    return found


def _replayed() -> Iterator[tuple[int, Line | None]]:
    """Yield each entry with how many facts were replayed; None for a fact that makes none."""
    book, changes = MemoryBook(), _changes()
    known: dict[datetime | None, Values] = {}
    for count, fact in enumerate(_facts(), start=1):
        values = known.get(fact.rules_at)
        if values is None:
            values = known[fact.rules_at] = values_at(changes, fact.rules_at)
        lines = lines_of(fact, values, book)
        book.add(lines)
        if not lines:
            yield count, None
        for line in lines:
            yield count, line


def _facts() -> Iterator[Any]:
    last = 0
    while True:
        page = db.session.execute(
            select(FACTS).where(FACTS.c.id > last).order_by(FACTS.c.id).limit(PAGE)
        ).all()
        if not page:
            return
        yield from page
        last = page[-1].id


def _stored_lines() -> Iterator[Line]:
    last = (0, 0)
    place = tuple_(LEDGER.c.fact_id, LEDGER.c.ordinal)
    while True:
        statement = (
            select(*COLUMNS).where(place > last).order_by(LEDGER.c.fact_id, LEDGER.c.ordinal)
        )
        page = db.session.execute(statement.limit(PAGE)).all()
        if not page:
            return
        yield from (Line(*row) for row in page)
        last = page[-1][:2]


def _changes() -> list[tuple[datetime, str, int]]:
    statement = select(RuleChange.changed_at, RuleChange.setting, RuleChange.value)
    return [tuple(row) for row in db.session.execute(statement.order_by(RuleChange.id))]  # type: ignore[misc]


class _Totals:
    """The sums of the replayed entries, by person."""

    def __init__(self) -> None:
        self._points: Counter[int] = Counter()
        self._days: dict[int, tuple[date, int]] = {}

    def add(self, line: Line) -> None:
        self._points[line.person_id] += line.points
        if line.counted_on is None:
            return
        day, used = self._days.get(line.person_id, (line.counted_on, 0))
        if line.counted_on > day:
            day, used = line.counted_on, 0
        if line.counted_on == day:
            self._days[line.person_id] = day, used + line.points

    def differing(self) -> dict[int, Total]:
        """Return the totals that are stored otherwise."""
        people = PEOPLE.c
        statement = select(people.id, people.points, people.counted_on, people.counted)
        found: dict[int, Total] = {}
        for person_id, *stored in db.session.execute(statement):
            right = (self._points[person_id], *self._days.get(person_id, (None, 0)))
            if tuple(stored) != right:
                found[person_id] = right
        return found


def _whose_standings_differ() -> set[int]:
    stored = select(STANDINGS).where((STANDINGS.c.points != 0) | (STANDINGS.c.accepted != 0))
    order = ["person_id", "kind", "topic_id", "points", "accepted"]
    have = {tuple(getattr(row, name) for name in order) for row in db.session.execute(stored)}
    want = {tuple(row) for row in db.session.execute(standings_by_ledger())}
    return {row[0] for row in have ^ want}


def _post_ids() -> Iterator[list[int]]:
    last = 0
    while True:
        statement = select(Post.id).where(Post.id > last, Post.kind != COMMENT)
        ids = list(db.session.scalars(statement.order_by(Post.id).limit(BATCH)))
        if not ids:
            return
        yield ids
        last = ids[-1]


def count_entries() -> int:
    """Return how many entries the ledger has."""
    return db.session.scalar(select(func.count()).select_from(LEDGER)) or 0
