"""Crediting many facts at once: an import's batch, the demo, a database older than the ledger."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, or_, select, tuple_, update

from midtlink.extensions import db
from midtlink.questions.models import COMMENT, Post
from midtlink.reputation.ledger.accounting import lines_of
from midtlink.reputation.ledger.books import MemoryBook
from midtlink.reputation.ledger.gathering import gather, gather_dropped, parts
from midtlink.reputation.ledger.lines import Happening, Line
from midtlink.reputation.ledger.recording import FACTS, current_values
from midtlink.reputation.ledger.stored_book import (
    LEDGER,
    PEOPLE,
    Colleague,
    lines_where,
    lock_colleagues,
)
from midtlink.reputation.ledger.topic_standing import add_many_to_standings, derive_thread_standings
from midtlink.reputation.models import Fact
from midtlink.reputation.rules import BRIDGE, DEFAULTS, day_of
from midtlink.settings import queries as settings

POSTS: Table = Post.__table__  # type: ignore[assignment]
NOWHERE = Colleague(0, None, None, "", None, 0)


def credit_posts(post_ids: Collection[int]) -> int:
    """Write down what happened in the posts' threads and give it its points.

    Returns how many facts were missing. An answer that an import no longer has, but that stays
    because a colleague touched it, may have lost the choice that the import had made.
    """
    return _credit(gather(_in_their_threads(post_ids)))


def drop_posts(post_ids: Collection[int]) -> int:
    """Take back what posts gave that leave the database; return how many facts."""
    return _credit(gather_dropped(post_ids))


def _in_their_threads(post_ids: Collection[int]) -> set[int]:
    """Return the questions and answers of the threads that the posts belong to."""
    thread_id = func.coalesce(POSTS.c.thread_id, POSTS.c.id)
    found: set[int] = set()
    for part in parts(sorted(post_ids)):
        threads = set(db.session.scalars(select(thread_id).where(POSTS.c.id.in_(part))))
        is_theirs = or_(POSTS.c.id.in_(threads), POSTS.c.thread_id.in_(threads))
        every = select(POSTS.c.id).where(is_theirs, POSTS.c.kind != COMMENT)
        found |= set(db.session.scalars(every))
    return found


def _credit(rows: list[dict[str, Any]]) -> int:
    if not rows:
        return 0
    named = {row[f"{part}_id"] for row in rows for part in ("helper", "asker", "actor")}
    colleagues = _lock(named - {None})
    facts = _store(rows, colleagues)
    book, known = MemoryBook(), _lines_of_posts({row["post_id"] for row in rows})
    for line in known:
        book.know(line)
    _load(book, facts)
    values, lines = current_values(), []
    for fact in facts:
        made = lines_of(fact, values, book)
        book.add(made)
        lines += made
    if lines:
        db.session.execute(insert(LEDGER), [line._asdict() for line in lines])
        _add_to_totals(lines, colleagues)
    _follow(lines, {line.question_id for line in known})
    db.session.expire_all()
    return len(facts)


def _lock(ids: Iterable[int]) -> dict[int, Colleague]:
    found: dict[int, Colleague] = {}
    for part in parts(sorted(ids)):
        found |= lock_colleagues(part)
    return found


def _store(rows: list[dict[str, Any]], colleagues: dict[int, Colleague]) -> list[Happening]:
    """Store the facts with everybody's place of today; return them with the ids that they got."""
    rules_at = settings.last_change(DEFAULTS)
    for row in rows:
        row["rules_at"] = rules_at
        for part in ("helper", "asker", "actor"):
            known = colleagues.get(row[f"{part}_id"], NOWHERE)
            row[f"{part}_department_id"] = known.department_id
            row[f"{part}_site_id"] = known.site_id
            row[f"{part}_profession"] = known.profession
    ids: list[int] = []
    statement = insert(FACTS).returning(FACTS.c.id, sort_by_parameter_order=True)
    for some in parts(rows):
        ids += db.session.scalars(statement, some)
    facts = [Fact(id=fact_id, **row) for fact_id, row in zip(ids, rows, strict=True)]
    return cast(list[Happening], facts)


def _lines_of_posts(post_ids: set[int]) -> list[Line]:
    return [
        line for part in parts(sorted(post_ids)) for line in lines_where(LEDGER.c.post_id.in_(part))
    ]


def _load(book: MemoryBook, facts: list[Happening]) -> None:
    """Tell the book what the helpers have earned on the facts' days, and their bridges."""
    days = {(fact.helper_id, day_of(fact.happened_at)) for fact in facts if fact.helper_id}
    columns = (LEDGER.c.person_id, LEDGER.c.counted_on)
    for part in parts(sorted(days)):
        earned = select(*columns, func.sum(LEDGER.c.points)).where(tuple_(*columns).in_(part))
        for person_id, day, points in db.session.execute(earned.group_by(*columns)):
            book.know_earned(person_id, day, points)
    place = LEDGER.c.person_id, LEDGER.c.asker_department_id
    for some in parts(sorted({person_id for person_id, _ in days})):
        bridged = select(*place).where(LEDGER.c.rule == BRIDGE, LEDGER.c.person_id.in_(some))
        counting = bridged.group_by(*place).having(func.sum(LEDGER.c.sign) > 0)
        for person_id, department_id in db.session.execute(counting):
            book.know_bridge(person_id, department_id)


def _add_to_totals(lines: list[Line], colleagues: dict[int, Colleague]) -> None:
    """Add entries to the sums of their people, who are locked."""
    points: Counter[int] = Counter()
    days: dict[int, Counter[date]] = defaultdict(Counter)
    for line in lines:
        points[line.person_id] += line.points
        if line.counted_on is not None:
            days[line.person_id][line.counted_on] += line.points
    rows = [
        {"at": person_id, "more": points[person_id], **_used(colleagues[person_id], of_days)}
        for person_id, of_days in ((each, days[each]) for each in sorted(points))
    ]
    people: Any = PEOPLE.c
    statement = update(PEOPLE).where(people.id == bindparam("at"))
    values = {
        "points": people.points + bindparam("more"),
        "counted_on": bindparam("newest"),
        "counted": bindparam("used"),
    }
    db.session.connection().execute(statement.values(values), rows)


def _used(known: Colleague, days: Counter[date]) -> dict[str, Any]:
    """Return the newest day with points under the cap, and how many it has."""
    newest = max([*days, *([known.counted_on] if known.counted_on else [])], default=None)
    before = known.counted if newest == known.counted_on else 0
    return {"newest": newest, "used": before + days[newest] if newest else 0}


def _follow(lines: list[Line], moved: set[int]) -> None:
    """Let standings follow. A thread that had entries before may have other topics now."""
    for question_id in sorted(moved):
        derive_thread_standings(question_id)
    add_many_to_standings([line for line in lines if line.question_id not in moved])
