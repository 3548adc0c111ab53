"""Counting what is new in saved searches, each as its person would find it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import and_, or_, select

from midtlink import clock
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.search.engine import engine
from midtlink.search.events import SavedSearchMatched
from midtlink.search.language import parse
from midtlink.search.models import SavedSearch
from midtlink.search.protocol import Bounds, IndexUnavailable
from midtlink.search.resolving import resolve
from midtlink.search.rules import COUNTED_AT_ONCE, COUNTED_EVERY, WATCHED_EVERY


@dataclass(frozen=True)
class _Counted:
    """How many hits are newer than a moment."""

    count: int
    since: datetime


def count_new_hits() -> bool:
    """Count the searches whose turn it is, and say whether there may be more of them.

    Without an index nothing is counted: nobody is told of what is not there.
    """
    moment = clock.now()
    due = _due(moment)
    try:
        counts = {
            saved.id: _Counted(_count(saved.query, saved.seen_at, person), saved.seen_at)
            for saved, person in due
        }
    except IndexUnavailable:
        return False
    if counts:
        in_transaction(lambda: _note(counts, moment))
    return len(due) == COUNTED_AT_ONCE


def _due(moment: datetime) -> Sequence[tuple[SavedSearch, Person]]:
    """Return the searches that were not counted for a while, with those who keep them."""
    at = SavedSearch.counted_at
    is_due = or_(
        at.is_(None),
        and_(SavedSearch.is_watched, at <= moment - WATCHED_EVERY),
        at <= moment - COUNTED_EVERY,
    )
    statement = (
        select(SavedSearch, Person)
        .join(Person, Person.id == SavedSearch.person_id)
        .where(Person.is_active, is_due)
        .order_by(at.is_not(None), at, SavedSearch.id)
        .limit(COUNTED_AT_ONCE)
    )
    return [(saved, person) for saved, person in db.session.execute(statement)]


def _count(query: str, since: datetime, by: Person) -> int:
    """Return how many threads that the person finds had something new since a moment."""
    wanted = resolve(parse(query), by=by).wanted
    least, bounds = int(since.timestamp()) + 1, wanted.bounds.get("active", Bounds())
    newer = Bounds(max(least, bounds.least or least), bounds.most)
    wanted = replace(wanted, bounds={**wanted.bounds, "active": newer}, limit=1)
    return engine().find(wanted).total


def _note(counts: dict[int, _Counted], moment: datetime) -> None:
    """Keep the counts, but of searches that were opened or dropped in the meantime."""
    statement = select(SavedSearch).where(SavedSearch.id.in_(counts)).order_by(SavedSearch.id)
    for saved in db.session.scalars(statement.with_for_update()):
        counted = counts[saved.id]
        if saved.seen_at != counted.since:
            continue
        has_more = counted.count > saved.new_count
        saved.new_count, saved.counted_at = counted.count, moment
        if has_more and saved.is_watched:
            publish(_matched(saved))


def _matched(saved: SavedSearch) -> SavedSearchMatched:
    return SavedSearchMatched(
        by_id=None,
        saved_search_id=saved.id,
        person_id=saved.person_id,
        count=saved.new_count,
    )
