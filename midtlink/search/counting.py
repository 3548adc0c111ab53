"""Counting searches without a person, to see which find nothing: kept in memory, then written.

A search is counted when its page is shown. The links of its page carry its token, so that opening
a hit tells that it was found. Who searched is only remembered in this process, for a while: the
same words again, turned to page 2 or narrowed by a filter, are the same search.
"""

import re
import secrets
import threading
import time
from dataclasses import dataclass, replace
from datetime import datetime
from string import ascii_letters

from sqlalchemy import select, update

from midtlink import clock, flushing
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.privacy import MASK, find_cpr_numbers
from midtlink.search.language import Query
from midtlink.search.models import Search
from midtlink.search.rules import LONGEST_COUNTED
from midtlink.texts import FORBIDDEN
from midtlink.topics.rules import fold

#: Letters alone: among digits the guard might see a CPR number.
TOKEN = re.compile(r"[A-Za-z]{16}")
#: Seconds within which a person's same words are one search.
ONE_SEARCH = 600.0
#: Seconds for which a find waits for its search, which another process may not have written yet.
FIND_KEPT = 60.0
#: Searches and finds after which they are written at once, and most that wait at all.
MOST_WAITING = 200
MOST_KEPT = 5_000
#: Searches remembered at once; beyond it the old ones are forgotten first.
MOST_REMEMBERED = 20_000


@dataclass(frozen=True)
class Counted:
    """A search that is not written yet."""

    token: str
    words: str
    hits: int
    at: datetime


class Searches:
    """The searches and finds of one process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: list[Counted] = []
        self._found: dict[str, float] = {}
        self._remembered: dict[tuple[int, str], tuple[str, float]] = {}
        self.is_full = threading.Event()

    def known(self, person_id: int, key: str) -> str | None:
        """Return the token of the person's same search a moment ago."""
        token, until = self._remembered.get((person_id, key), ("", 0.0))
        return token if time.monotonic() < until else None

    def add(self, search: Counted, person_id: int, key: str) -> None:
        """Keep a search until it is written, and remember whose it was."""
        with self._lock:
            self._remembered.pop((person_id, key), None)
            self._remembered[person_id, key] = search.token, time.monotonic() + ONE_SEARCH
            if len(self._remembered) > MOST_REMEMBERED:
                del self._remembered[next(iter(self._remembered))]
            if len(self._waiting) < MOST_KEPT:
                self._waiting.append(search)
            self._wake()

    def find(self, token: str) -> None:
        """Keep a find until it is written."""
        with self._lock:
            if len(self._found) < MOST_KEPT:
                self._found.setdefault(token, time.monotonic() + FIND_KEPT)
            self._wake()

    def take(self) -> tuple[list[Counted], dict[str, float]]:
        """Hand over what is waiting."""
        with self._lock:
            taken = self._waiting, self._found
            self._waiting, self._found = [], {}
            self.is_full.clear()
            return taken

    def give_back(self, searches: list[Counted], found: dict[str, float]) -> None:
        """Let wait again what could not be written."""
        with self._lock:
            self._waiting = [*searches, *self._waiting][:MOST_KEPT]
            self._found = found | self._found

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._waiting, self._found, self._remembered = [], {}, {}

    def _wake(self) -> None:
        if len(self._waiting) + len(self._found) >= MOST_WAITING:
            self.is_full.set()


searches = Searches()


def note_search(query: Query, hits: int, *, by_id: int, is_first_page: bool = True) -> str:
    """Count a search of the search page; return the token for its links. Writes nothing itself.

    "" where nothing is counted: without words, with too many, with what may be a CPR number, and
    where only a filter keeps everything out.
    """
    words = words_of(query)
    if not words or not may_be_kept(words):
        return ""
    key = key_of(words)
    if token := searches.known(by_id, key):
        return token
    if not is_first_page or (is_narrowed(query) and not hits):
        return ""
    search = Counted(_new_token(), words, hits, clock.now())
    searches.add(search, by_id, key)
    return search.token


def note_found(token: str) -> None:
    """Count that a search was of use. A token that no search bears changes nothing."""
    if TOKEN.fullmatch(token):
        searches.find(token)


def words_of(query: Query) -> str:
    """Return what a query looks for, without its filters: no name of a person among it."""
    ignored = set(query.ignored)
    words = [word for word in query.words if word not in ignored]
    text = " ".join((*words, *query.phrases, *query.prefixes))
    return " ".join(FORBIDDEN.sub(" ", text).split())


def is_narrowed(query: Query) -> bool:
    """Say whether more than words decides what a query finds."""
    order, ignored = query.order, query.ignored
    words = replace(Query(), words=query.words, phrases=query.phrases, prefixes=query.prefixes)
    return query != replace(words, order=order, ignored=ignored)


def may_be_kept(words: str) -> bool:
    """Say whether words may be stored: short, and no CPR number, not even in another order."""
    return len(words) <= LONGEST_COUNTED and not has_number(words)


def has_number(words: str) -> bool:
    """Say whether a CPR number stands among the words, or stood there before the guard came."""
    if MASK in words or find_cpr_numbers(words):
        return True
    return bool(find_cpr_numbers(key_of(words)))


def key_of(words: str) -> str:
    """Return what the same words share, however they are written and in whatever order."""
    return " ".join(sorted(set(fold(words).split())))[:300]


def flush_searches() -> None:
    """Write what waits, in one transaction; what cannot be written goes on waiting."""
    taken, found = searches.take()
    if not taken and not found:
        return
    try:
        missed = in_transaction(lambda: _write(taken, list(found)))
    except Exception:
        searches.give_back(taken, found)
        raise
    now = time.monotonic()
    searches.give_back([], {each: until for each, until in found.items()
                            if each in missed and now < until})  # fmt: skip


def start(app: flushing.HasContext) -> None:
    """Write searches every few seconds from now on, and once more when the process ends."""
    flushing.start(app, "searches", flush_searches, searches.is_full)


def _new_token() -> str:
    return "".join(secrets.choice(ascii_letters) for _ in range(16))


def _write(taken: list[Counted], found: list[str]) -> set[str]:
    """Write searches and finds; return the finds whose search is not there (yet)."""
    db.session.add_all(
        Search(token=each.token, words=each.words, hits=each.hits, at=each.at) for each in taken
    )
    db.session.flush()
    known = set(db.session.scalars(select(Search.token).where(Search.token.in_(found))))
    seen = update(Search).where(Search.token.in_(known)).values(is_found=True)
    db.session.execute(seen, execution_options={"synchronize_session": False})
    return set(found) - known
