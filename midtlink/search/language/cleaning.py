"""What is typed, with one form for each look-alike: quotes, dashes, full-width and unseen signs."""

import re
import unicodedata
from collections.abc import Iterator

#: Characters of a query that count.
LONGEST = 10_000
#: Marks over and under one letter. Sorting thousands of them takes Unicode quadratic time.
MOST_MARKS = 4
BLANK = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2066-\u206f\ud800-\udfff]"
)
#: Characters that show nothing and stand inside words copied from a page.
INSIDE_WORDS = "\u00ad\u200c\u200d\u2060\ufeff"
ALIKE = str.maketrans(
    dict.fromkeys("„“”‟»«‹›〝〞〟″＂", '"')
    | dict.fromkeys("‐‑‒–—―−﹘﹣－⁃", "-")
    | dict.fromkeys("≥≧⩾", ">=")
    | dict.fromkeys("≤≦⩽", "<=")
    | dict.fromkeys(INSIDE_WORDS, "")
)


def clean(typed: str) -> str:
    """Return what the parser reads. Cleaning what is clean changes nothing."""
    text = BLANK.sub(" ", typed[:LONGEST])
    if text.isascii():
        return text
    whole = unicodedata.normalize("NFKC", _bearable(text.translate(ALIKE)))
    return _bearable(whole.translate(ALIKE)[:LONGEST])


def _bearable(text: str) -> str:
    return "".join(_with_few_marks(text))


def _with_few_marks(text: str) -> Iterator[str]:
    marks = 0
    for character in text:
        marks = marks + 1 if unicodedata.combining(character) else 0
        if marks <= MOST_MARKS:
            yield character
