"""From counted searches to words that were not found, whoever searched."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta

from sqlalchemy import Select, and_, delete, or_, select

from midtlink import clock
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.search.counting import key_of
from midtlink.search.events import UnfoundReopened
from midtlink.search.models import Search, Synonyms, Unfound
from midtlink.search.rules import (
    BATCH,
    DELETED_GROUP_DAYS,
    SEARCH_KEPT,
    UNFOUND_KEPT_DAYS,
    UNOPENED_AFTER,
)
from midtlink.search.settling import DISMISSED, open_again
from midtlink.topics.queries import list_systems
from midtlink.topics.rules import Candidate, suggest


def gather_searches() -> bool:
    """Make unfound words of a batch of searches, forget what is old; True when more may wait."""
    return in_transaction(_gather)


def _gather() -> bool:
    moment = clock.now()
    batch = db.session.scalars(_over(moment).order_by(Search.at).limit(BATCH)).all()
    missed = [search for search in batch if not search.is_found]
    opened = _opened_keys() if any(search.hits for search in missed) else set()
    _count([search for search in missed if not search.hits or key_of(search.words) not in opened])
    tokens = [search.token for search in batch]
    db.session.execute(delete(Search).where(Search.token.in_(tokens)))
    _forget(moment)
    return len(batch) == BATCH


def _over(moment: datetime) -> Select[Search]:
    """Select what is decided: nothing was found, nobody opened a hit, or it is long ago."""
    unopened = Search.at < moment - timedelta(minutes=UNOPENED_AFTER), ~Search.is_found
    old = Search.at < moment - timedelta(minutes=SEARCH_KEPT)
    return select(Search).where(or_(Search.hits == 0, and_(*unopened), old))


def _opened_keys() -> set[str]:
    """Return the words with which somebody found something within the hour."""
    return {
        key_of(words) for words in db.session.scalars(select(Search.words).where(Search.is_found))
    }


def _count(missed: Collection[Search]) -> None:
    by_key = {key_of(search.words): search for search in missed}
    rows = db.session.scalars(select(Unfound).where(Unfound.key.in_(by_key)))
    known = {row.key: row for row in rows}
    guess = _guesser() if set(by_key) - set(known) else None
    for search in missed:
        key = key_of(search.words)
        if guess and key not in known:
            known[key] = _begin(key, search, guess)
        _add(known[key], search)


def _begin(key: str, search: Search, guess: Callable[[str], int | None]) -> Unfound:
    row = Unfound(
        key=key,
        words=search.words,
        system_id=guess(search.words),
        zero_count=0,
        unopened_count=0,
        first_at=search.at,
        last_at=search.at,
    )
    db.session.add(row)
    return row


def _add(row: Unfound, search: Search) -> None:
    """Count one more; what a question or a synonym should have settled waits again."""
    if row.settled_at and row.settlement != DISMISSED and search.at > row.settled_at:
        open_again(row)
        row.zero_count = row.unopened_count = 0
        publish(UnfoundReopened(unfound_id=row.id, by_id=None))
    if search.hits:
        row.unopened_count += 1
    else:
        row.zero_count += 1
    row.last_at = max(row.last_at, search.at)


def _guesser() -> Callable[[str], int | None]:
    """Return what tells the system that words most likely mean."""
    systems = {system.slug: system for system in list_systems()}
    candidates = [Candidate(each.slug, each.name, each.words) for each in systems.values()]

    def guess(words: str) -> int | None:
        found = suggest(words, candidates)
        return systems[found].id if found else None

    return guess


def _forget(moment: datetime) -> None:
    limits = {
        Unfound.last_at: timedelta(days=UNFOUND_KEPT_DAYS),
        Synonyms.deleted_at: timedelta(days=DELETED_GROUP_DAYS),
    }
    for column, age in limits.items():
        db.session.execute(delete(column.class_).where(column < moment - age))
