"""Ages and dates after an operator: reading them and writing them again."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from midtlink.search.language.numbers import parts_of
from midtlink.search.language.operators import BARE, DANISH
from midtlink.search.language.query import Age, Period
from midtlink.topics.rules import fold

AGE = re.compile(r"([0-9]{1,4})([a-z]+)")
YEAR_FIRST = re.compile(r"([0-9]{4})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
DAY_FIRST = re.compile(r"(?:([0-9]{1,2})[-/.])?([0-9]{1,2})[-/.]([0-9]{4})")
UNITS = {
    "h": ("h", "t", "time", "timer", "hour", "hours"),
    "d": ("d", "dag", "dage", "døgn", "day", "days"),
    "w": ("w", "u", "uge", "uger", "week", "weeks"),
    "m": ("m", "md", "mdr", "måned", "måneder", "month", "months"),
    "y": ("y", "å", "år", "year", "years"),
}
UNIT_NAMES = {DANISH: dict(zip("hdwmy", "tdumå", strict=True))}
HOURS = {"h": 1, "d": 24, "w": 24 * 7, "m": 24 * 30, "y": 24 * 365}


def read_period(value: str) -> Period | None:
    """Return what "<7d", "2025-01" or "2025..7d" says, None if it says nothing."""
    try:
        sign, low, high = parts_of(value)
        if sign:
            return _compared(sign, low)
        return _single(low) if high is None else _between(low, high)
    except (ValueError, OverflowError):
        return None


def other_period(period: Period) -> Period | None:
    """Return what lies outside, None if that is no single period."""
    if period.since is not None and period.until is not None:
        return None
    return Period(since=period.until, until=period.since)


def period_texts(period: Period, language: str = DANISH) -> Iterator[str]:
    """Yield the values that say the same."""
    since, until = period.since, period.until
    if isinstance(since, date) and isinstance(until, date) and since < until:
        yield _dates(since, until)
    elif isinstance(since, Age) and isinstance(until, Age) and _hours(until) <= _hours(since):
        yield f"{_age_text(until, language)}..{_age_text(since, language)}"
    else:
        if since is not None:
            yield f"<{_age_text(since, language)}" if isinstance(since, Age) else f">={since}"
        if until is not None:
            yield f">{_age_text(until, language)}" if isinstance(until, Age) else f"<{until}"


def _compared(sign: str, text: str) -> Period:
    age = _age(text)
    if sign == "=":
        return _single(text)
    if age:
        return Period(since=age) if "<" in sign else Period(until=age)
    if "<" in sign:
        return Period(until=_after(text) if "=" in sign else _first(text))
    return Period(since=_first(text) if "=" in sign else _after(text))


def _single(text: str) -> Period:
    """Return what no sign stands before: a day, or all since an age."""
    age = _age(text)
    return Period(since=age) if age else Period(_first(text), _after(text))


def _between(low: str, high: str) -> Period:
    ages = _age(low), _age(high)
    if not (low or high):
        raise ValueError("no ends")
    if all(age or not text for age, text in zip(ages, (low, high), strict=True)):
        return _ages(*ages)
    if low and high and not any(ages) and _first(low) > _first(high):
        low, high = high, low
    since = _age(low) or (_first(low) if low else None)
    return Period(since, _age(high) or (_after(high) if high else None))


def _ages(young: Age | None, old: Age | None) -> Period:
    if young and old and _hours(young) > _hours(old):
        young, old = old, young
    return Period(since=old, until=young)


def _hours(age: Age) -> int:
    return age.count * HOURS[age.unit]


def _age(text: str) -> Age | None:
    found = AGE.fullmatch(text)
    unit = _units().get(found[2]) if found else None
    return Age(int(found[1]), unit) if found and unit else None


@cache
def _units() -> dict[str, str]:
    ways = [(way, unit) for unit, names in UNITS.items() for way in names]
    return {fold(way): unit for name, unit in ways for way in (name, name.translate(BARE))}


def _age_text(age: Age, language: str) -> str:
    return f"{age.count}{UNIT_NAMES.get(language, {}).get(age.unit, age.unit)}"


def _day_parts(text: str) -> tuple[int, int, int]:
    """Return year, month and day, 0 for what is not said. Raises ValueError."""
    if found := YEAR_FIRST.fullmatch(text):
        year, month, day = found.groups()
    elif found := DAY_FIRST.fullmatch(text):
        day, month, year = found.groups()
    else:
        raise ValueError("no date")
    return int(year), int(month or 0), int(day or 0)


def _first(text: str) -> date:
    year, month, day = _day_parts(text)
    return date(year, month or 1, day or 1)


def _after(text: str) -> date:
    """Return the day after the year, month or day that a text names."""
    year, month, day = _day_parts(text)
    if day:
        return date(year, month, day) + timedelta(days=1)
    if month:
        return date(year + month // 12, month % 12 + 1, 1)
    return date(year + 1, 1, 1)


def _dates(since: date, until: date) -> str:
    """Return a period of days as a day, a month, a year, or the first and the last of its days."""
    months = 12 * (until.year - since.year) + until.month - since.month
    if since.day == until.day == 1 and months in (1, 12):
        if months == 1:
            return str(since)[:7]
        if since.month == 1:
            return str(since)[:4]
    last = until - timedelta(days=1)
    return str(since) if since == last else f"{since}..{last}"
