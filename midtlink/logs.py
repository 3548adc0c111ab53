"""What the server writes down of itself: where it failed and why, never a text somebody typed.

A database's refusal carries the row that it refused: the question, the name, the number. Of an
exception's message only the first line is kept, which says what kind of refusal it was.
"""

import logging
import traceback
from collections.abc import Iterator
from typing import Any

from midtlink.privacy import mask

LONGEST_MESSAGE = 300
#: Exceptions that quote the value they stumbled over: a missing key, a text that is no number.
QUOTING = (LookupError, ValueError)
FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class Discreet(logging.Formatter):
    """Writes exceptions without their data, and nothing with a CPR number in it."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # Another formatter may have kept it whole.
        return mask(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        return "".join(_lines(ei[1])).rstrip()


def set_up() -> None:
    """Write what this process logs to standard error, unless somebody set up otherwise."""
    handler = logging.StreamHandler()
    handler.setFormatter(Discreet(FORMAT))
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _lines(error: BaseException | None) -> Iterator[str]:
    """Yield the lines of an exception, after those of the one that it came from."""
    if error is None:
        return
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    yield from _lines(before)
    yield from traceback.format_tb(error.__traceback__)
    words = "" if isinstance(error, QUOTING) else str(error)
    message = (words.splitlines() or [""])[0][:LONGEST_MESSAGE]
    yield f"{type(error).__module__}.{type(error).__qualname__}: {message}\n"
