"""Where the words stand that were looked for, fast enough for a page of whole threads."""

import re
from collections.abc import Iterator
from functools import lru_cache

from midtlink.search.analysis import normal
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.stemming import UNSURE, stems

#: All but the last letters of a term stand in every word that holds it, save irregular verbs.
LAST, FEWEST = 2, 4
#: Pieces of text that are remembered with their folded words (about 250 bytes each).
REMEMBERED = 20_000

Span = tuple[int, int]


class Marking:
    """Marks words with the analysis of one index."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain

    def marks(self, text: str, terms: frozenset[str]) -> list[Span]:
        """Return where words stand that hold one of the terms, in their order.

        A text is cut at its blanks; only the few pieces with a term's letters are looked into.
        """
        if not terms:
            return []
        may_hold = _beginnings(terms).search
        spans = [
            (start + first, start + last)
            for piece in set(text.split())
            if may_hold(_folded(piece))
            for first, last, token in normal.spans(piece)
            if self._holds(token, terms)
            for start in _places(piece, text)
        ]
        return sorted(spans)

    def _holds(self, token: str, terms: frozenset[str]) -> bool:
        """Say whether a word holds a term; taking it apart costs most and is seldom needed."""
        if not terms.isdisjoint(stems(normal.fold(token), UNSURE)):
            return True
        return not terms.isdisjoint(self._chain.terms_of(token))


@lru_cache(8)
def _beginnings(terms: frozenset[str]) -> re.Pattern[str]:
    letters = sorted({re.escape(term[: max(FEWEST, len(term) - LAST)]) for term in terms})
    return re.compile("|".join(letters))


@lru_cache(REMEMBERED)
def _folded(piece: str) -> str:
    return " ".join(normal.words(piece))


def _places(piece: str, text: str) -> Iterator[int]:
    """Yield where a piece stands between blanks."""
    start = text.find(piece)
    while start >= 0:
        end = start + len(piece)
        if not (text[start - 1 : start].strip() or text[end : end + 1].strip()):
            yield start
        start = text.find(piece, end)
