"""Keyset pagination: a page is cut by the last row's key, so that it never skips or repeats."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from midtlink.refusals import BadInput

Row = TypeVar("Row")
PAGE_SIZE = 20
#: The largest number that both databases compare with a row's.
LARGEST = 2**31 - 1


@dataclass(frozen=True)
class Slice(Generic[Row]):
    """One page of rows; `next_cursor` is None on the last page."""

    rows: Sequence[Row]
    next_cursor: str | None


def read_cursor(typed: str | None) -> tuple[int, ...] | None:
    """Return the whole numbers of a cursor such as "17" or "5-17". BadInput for anything else."""
    if not typed:
        return None
    if not re.fullmatch(r"[0-9]{1,10}(-[0-9]{1,10}){0,2}", typed):
        raise BadInput("cursor")
    numbers = tuple(int(part) for part in typed.split("-"))
    if max(numbers) > LARGEST:
        raise BadInput("cursor")
    return numbers


def cut(rows: Sequence[Row], key: Callable[[Row], Any], size: int = PAGE_SIZE) -> Slice[Row]:
    """Cut size + 1 rows to a page; `key` gives a row's cursor, one number or several."""
    if len(rows) <= size:
        return Slice(rows, None)
    last = key(rows[size - 1])
    parts = last if isinstance(last, tuple) else (last,)
    return Slice(rows[:size], "-".join(str(part) for part in parts))
