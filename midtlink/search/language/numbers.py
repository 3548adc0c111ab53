"""Numbers after an operator: reading them and writing them again."""

import re
from collections.abc import Iterator

from midtlink.search.protocol import Bounds
from midtlink.topics.rules import fold

#: No value of a number, an age or a date is longer.
LONGEST_VALUE = 60
MOST_NUMBER = 999_999_999
COMPARED = re.compile(r"(<=|>=|=<|=>|<|>|=)?(.*)", re.DOTALL)
RANGE = re.compile(r"(.*?)\.{2,}(.*)", re.DOTALL)
DASHED = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
NUMBER = re.compile(r"-?[0-9]{1,9}")
#: Numbers that are never below zero: "not 0" is then "at least 1".
NEVER_NEGATIVE = {"answer_count"}


def read_bounds(value: str) -> Bounds | None:
    """Return what ">=3", "3..10" or "3" says, None if it says nothing."""
    sign, low, high = parts_of(value, DASHED)
    if high is not None:
        return _range(low, high)
    number = _number(low)
    if number is None:
        return None
    if sign in (None, "="):
        return Bounds(number, number)
    is_closed = "=" in sign
    if "<" in sign:
        return _bounds(None, number if is_closed else number - 1)
    return _bounds(number if is_closed else number + 1, None)


def other_bounds(bounds: Bounds, name: str) -> Bounds | None:
    """Return what lies outside, None if that is no single interval."""
    is_whole = name in NEVER_NEGATIVE and (bounds.least or 0) <= 0
    least = None if is_whole else bounds.least
    if (least is None) == (bounds.most is None):
        return None
    if least is None:
        return _bounds((bounds.most or 0) + 1, None)
    return _bounds(None, least - 1)


def bounds_texts(bounds: Bounds) -> Iterator[str]:
    """Yield the values that say the same; bounds that nothing fits need two."""
    least, most = bounds.least, bounds.most
    if least is not None and most is not None and least <= most:
        yield str(least) if least == most else f"{least}..{most}"
        return
    if least is not None:
        yield f">={least}"
    if most is not None:
        yield f"<={most}"


def parts_of(
    value: str, dashed: re.Pattern[str] | None = None
) -> tuple[str | None, str, str | None]:
    """Return the sign, if any, and the ends of a range; what is no range has no second end."""
    plain = "".join(fold(value).split()) if len(value) <= LONGEST_VALUE else ""
    compared = COMPARED.fullmatch(plain)
    sign, rest = compared.groups() if compared else (None, "")
    found = RANGE.fullmatch(rest) or (dashed.fullmatch(rest) if dashed else None)
    return (None, found[1], found[2]) if found and not sign else (sign, rest, None)


def _range(low: str, high: str) -> Bounds | None:
    least, most = _number(low), _number(high)
    if (low and least is None) or (high and most is None) or not (low or high):
        return None
    if least is not None and most is not None and least > most:
        return Bounds(most, least)
    return Bounds(least, most)


def _number(text: str) -> int | None:
    return int(text) if NUMBER.fullmatch(text) else None


def _bounds(least: int | None, most: int | None) -> Bounds:
    return Bounds(_bearable(least), _bearable(most))


def _bearable(number: int | None) -> int | None:
    return None if number is None else max(-MOST_NUMBER, min(MOST_NUMBER, number))
