"""What a typed word looks for: terms and rows of terms, each at its weight."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from midtlink.search.analysis.stemming import stems

#: A term of the index, or several that count only where all of them stand.
Term = str | tuple[str, ...]
#: Terms that one typed word looks for at the most.
MOST_TERMS = 24


@dataclass(frozen=True)
class Group:
    """What one typed word looks for: any of the terms, each at its weight.

    `source` is the word as typed, folded; `corrected` the word that it was taken for, folded.
    """

    source: str
    terms: dict[Term, float] = field(default_factory=dict)
    corrected: str = ""
    #: Those that stand for the word itself; the others may only help a thread upwards.
    sure: frozenset[Term] = frozenset()
    #: Those that are marked in the texts.
    marked: frozenset[str] = frozenset()


class Gathered:
    """The terms of one word, while they are collected."""

    def __init__(self) -> None:
        self.terms: dict[Term, float] = {}
        self.sure: set[Term] = set()
        self.marked: set[str] = set()

    def add(self, term: Term, weight: float, *, is_sure: bool = False) -> None:
        self.terms[term] = max(self.terms.get(term, 0.0), weight)
        if is_sure:
            self.sure.add(term)
            self.marked.add(term if isinstance(term, str) else max(term, key=len))

    def add_row(self, row: tuple[str, ...], weight: float, *, is_sure: bool) -> None:
        """Add the stems of another word, or of several of which one means something else."""
        self.add(row if len(row) > 1 else row[0], weight, is_sure=is_sure)

    def group(self, source: str, corrected: str = "") -> Group:
        most = sorted(self.terms.items(), key=lambda each: -each[1])[:MOST_TERMS]
        terms = dict(most)
        sure = frozenset(self.sure & terms.keys())
        return Group(source, terms, corrected, sure, frozenset(self.marked))


def rows_of(words: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the stems of words in a row: as Danish, and as English if those are others."""
    pairs = [stems(word) for word in words]
    return list(dict.fromkeys((tuple(p[0] for p in pairs), tuple(p[-1] for p in pairs))))
