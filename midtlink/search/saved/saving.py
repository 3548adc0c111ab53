"""Keeping a search: to run it again, and perhaps to hear of what is new."""

from sqlalchemy import func, select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Refused
from midtlink.search.counting import key_of, words_of
from midtlink.search.events import SavedSearchDropped, SavedSearchWatched, SearchSaved
from midtlink.search.language import parse
from midtlink.search.models import SavedSearch
from midtlink.search.rules import LONGEST_SAVED, MOST_SAVED
from midtlink.texts import clean_line


def save_search(query: str, *, is_watched: bool = False, by: Person | None) -> SavedSearch:
    """Keep a search. One that is kept already is not kept twice, but may be watched from now on.

    Raises Refused, PatientDataFound.
    """
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "keep a search")
        query = _checked(query)
        hold(f"search.saved.{by.id}")
        saved = _find(query, by) or _make(query, by)
        if is_watched:
            watch_search(saved, True, by=by)
        return saved


def watch_search(saved: SavedSearch, is_watched: bool, *, by: Person | None) -> None:
    """Be told of what is new, or no longer."""
    with transaction():
        _must_own(saved, by, "watch")
        if saved.is_watched == is_watched:
            return
        saved.is_watched = is_watched
        fact = SavedSearchWatched(
            by_id=saved.person_id, saved_search_id=saved.id, is_watched=is_watched
        )
        publish(fact)


def open_search(saved: SavedSearch, *, by: Person | None) -> None:
    """Note that the person looks at the hits: what comes after is new."""
    with transaction():
        _must_own(saved, by, "open")
        saved.seen_at, saved.new_count = clock.now(), 0


def drop_search(saved: SavedSearch, *, by: Person | None) -> None:
    """Keep a search no longer."""
    with transaction():
        _must_own(saved, by, "drop")
        db.session.delete(saved)
        publish(SavedSearchDropped(by_id=saved.person_id, saved_search_id=saved.id))


def _checked(query: str) -> str:
    query = " ".join(clean_line(query, "q", most=LONGEST_SAVED, least=1).split())
    if parse(query).is_empty:
        raise Refused("q", "blank")
    words = words_of(parse(query))
    for form in (query, words, key_of(words)):  # No CPR number, not even in another order.
        guarding.check({"q": form})
    return query


def _find(query: str, by: Person) -> SavedSearch | None:
    mine = SavedSearch.person_id == by.id, SavedSearch.query == query
    return db.session.scalars(select(SavedSearch).where(*mine)).first()


def _make(query: str, by: Person) -> SavedSearch:
    kept = select(func.count(SavedSearch.id)).where(SavedSearch.person_id == by.id)
    if (db.session.scalar(kept) or 0) >= MOST_SAVED:
        raise Refused("q", "too_many", most=MOST_SAVED)
    moment = clock.now()
    saved = SavedSearch(person_id=by.id, query=query, saved_at=moment, seen_at=moment)
    db.session.add(saved)
    db.session.flush()
    publish(SearchSaved(by_id=by.id, saved_search_id=saved.id))
    return saved


def _must_own(saved: SavedSearch, by: Person | None, action: str) -> None:
    if by is None or not by.is_active or saved.person_id != by.id:
        raise NotAllowed(by, action, saved)
