"""Words that mean the same or nearly so, looked up by one of them, alone or in a row."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import product
from typing import NamedTuple

from midtlink.search.analysis import normal
from midtlink.search.analysis.stemming import STOPS, danish, english

#: Words of the longest entry that is looked for in a row.
LONGEST_ENTRY = 4
#: What an entry of several words counts: its words need not stand side by side.
_SHARE = 0.6

Stem = Callable[[str], str]


class Other(NamedTuple):
    """What means the same: the stems of an entry, which count only where all of them stand."""

    stems: tuple[str, ...]
    weight: float
    #: Whether the stems are all of the entry: "mødt" alone is not "ikke mødt op".
    is_whole: bool


class Related:
    """Groups of words. What is looked up gives the other entries of its groups."""

    def __init__(self) -> None:
        self._others: dict[tuple[str, ...], dict[tuple[str, ...], Other]] = defaultdict(dict)
        self._words: set[str] = set()

    @classmethod
    def grouped(cls, groups: Iterable[Sequence[str]], weight: float, *stems: Stem) -> "Related":
        """Relate the entries of each group with each other."""
        related = cls()
        for group in groups:
            for entry, other in product(group, group):
                if entry != other:
                    related.add(entry, other, weight, stems, stems)
        return related

    def add(
        self, entry: str, other: str, weight: float, own: Sequence[Stem], theirs: Sequence[Stem]
    ) -> None:
        """Let whoever types an entry look for another too, each stemmed in its languages."""
        words, full = entry_words(other), normal.words(other)
        self._words.update(words)
        share = weight if len(words) == len(full) == 1 else weight * _SHARE
        for stem in theirs if words else ():
            found = Other(tuple(map(stem, words)), share, len(words) > 1 or len(full) == 1)
            for key in _keys(entry, own):
                self._others[key].setdefault(found.stems, found)

    def of(self, row: Sequence[str]) -> Iterator[Other]:
        """Yield what means the same as a row of stems."""
        yield from self._others.get(tuple(row), {}).values()

    def words(self) -> frozenset[str]:
        """Return the words that are looked for, folded."""
        return frozenset(self._words)

    def rows(self, stems: Sequence[str]) -> Iterator[tuple[int, int]]:
        """Yield where rows of two or more stems lie that are an entry."""
        for start in range(len(stems)):
            for end in range(start + 2, min(start + LONGEST_ENTRY, len(stems)) + 1):
                if tuple(stems[start:end]) in self._others:
                    yield start, end


def entry_words(entry: str) -> list[str]:
    """Return the words of an entry that carry a subject, folded."""
    words = normal.words(entry)
    return [word for word in words if word not in STOPS] or words


def _keys(entry: str, stems: Sequence[Stem]) -> set[tuple[str, ...]]:
    """Return what an entry is looked up by: all of its words, or those that carry a subject."""
    full, words = normal.words(entry), entry_words(entry)
    rows = [full, words] if len(words) > 1 else [full]
    return {tuple(map(stem, row)) for row in rows for stem in stems if row}


def translated(pairs: Iterable[Sequence[str]], to_danish: float, to_english: float) -> Related:
    """Relate English words with what they are called in Danish."""
    related = Related()
    for foreign, own in pairs:
        related.add(foreign, own, to_danish, [english], [danish])
        related.add(own, foreign, to_english, [danish], [english])
    return related
