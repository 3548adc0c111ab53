"""What a query says, without a word of how it was typed."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from midtlink.clock import HOSPITAL_TIME
from midtlink.search.protocol import RELEVANCE, Bounds

#: The person who asks, among `people`. No user name begins with @.
ME = "@me"
#: The stored statuses that each status of the language stands for. There is no desk of IT yet.
STORED_STATUSES: Mapping[str, tuple[str, ...]] = {
    "unanswered": ("unanswered",),
    "answered": ("answered",),
    "unsolved": ("unanswered", "answered"),
    "solved": ("solved",),
    "with_it": ("with_it",),
    "closed": ("closed",),
}
DAYS_OF_UNIT = {"d": 1, "w": 7}
MONTHS_OF_UNIT = {"m": 1, "y": 12}


@dataclass(frozen=True)
class Age:
    """So many hours (h), days (d), weeks (w), months (m) or years (y) before now."""

    count: int
    unit: str

    def before(self, now: datetime) -> datetime:
        """Return the moment that is so old. What is older than all calendars is the oldest day."""
        if self.unit in MONTHS_OF_UNIT:
            return _months_before(now, self.count * MONTHS_OF_UNIT[self.unit])
        if self.unit == "h":
            return now - timedelta(hours=self.count)
        return now - timedelta(days=self.count * DAYS_OF_UNIT[self.unit])


@dataclass(frozen=True)
class Period:
    """From `since` to just before `until`, open at a side that is None. Dates are the hospital's.

    An age stands for its moment, so "younger than 7 days" has it in `since`.
    """

    since: Age | date | None = None
    until: Age | date | None = None

    def bounds(self, now: datetime) -> Bounds:
        """Return the seconds since 1970 that lie in the period."""
        least = None if self.since is None else _seconds(self.since, now)
        most = None if self.until is None else _seconds(self.until, now) - 1
        return Bounds(least, most)


@dataclass(frozen=True)
class Query:
    """What is looked for. Text is as typed, but for what `cleaning` makes alike.

    Of `words` and `prefixes` any fits; each of `phrases`, `tags` and `having` must hold; of
    `systems`, `departments`, `people`, `kinds` and `statuses` any of those given fits. `ignored`
    are operators that were not understood; those not negated are among `words` too.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    without_phrases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    without_tags: tuple[str, ...] = ()
    systems: tuple[str, ...] = ()
    without_systems: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()
    without_departments: tuple[str, ...] = ()
    #: User names or parts of names, or ME.
    people: tuple[str, ...] = ()
    without_people: tuple[str, ...] = ()
    #: "question" and "answer": where the words are looked for.
    kinds: tuple[str, ...] = ()
    #: Keys of STORED_STATUSES.
    statuses: tuple[str, ...] = ()
    without_statuses: tuple[str, ...] = ()
    #: "answer", "solution", "confirmed".
    having: tuple[str, ...] = ()
    without_having: tuple[str, ...] = ()
    #: By "score" and "answer_count".
    numbers: Mapping[str, Bounds] = field(default_factory=dict)
    #: By "created" and "active".
    periods: Mapping[str, Period] = field(default_factory=dict)
    order: str = RELEVANCE
    ignored: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is looked for; an order that was chosen looks for everything."""
        return self == Query(ignored=self.ignored)

    @property
    def looks_for_words(self) -> bool:
        """Say whether a text decides what fits, and not filters alone."""
        return bool(self.words or self.phrases or self.prefixes)

    def bounds(self, now: datetime) -> dict[str, Bounds]:
        """Return the bounds of every number of a document that has some."""
        periods = {name: period.bounds(now) for name, period in self.periods.items()}
        return {**self.numbers, **periods}


def _seconds(point: Age | date, now: datetime) -> int:
    if isinstance(point, Age):
        return int(point.before(now).timestamp())
    return int(datetime.combine(point, time(), HOSPITAL_TIME).timestamp())


def _months_before(now: datetime, months: int) -> datetime:
    month = now.year * 12 + now.month - 1 - months
    year = max(month // 12, 1)
    last = calendar.monthrange(year, month % 12 + 1)[1]
    return now.replace(year=year, month=month % 12 + 1, day=min(now.day, last))
