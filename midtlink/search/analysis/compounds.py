"""What a Danish compound is made of: "medicinkort" is "medicin" and "kort"."""

import math
from dataclasses import dataclass
from functools import cache

from midtlink.search.analysis.forms import own_words, read_words, short_words
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.normal import plain, spelt
from midtlink.search.analysis.stemming import STOPS, known_forms

#: Letters of a word that may be a compound, and of a part that is not on the list of short ones.
SHORTEST, LONGEST, SHORTEST_PART = 6, 50, 4
#: Letters that may hold two parts together, and what they cost.
LINKS = (("", 0.0), ("s", 0.6), ("e", 1.5))
#: A part that ends so is followed by an "s": "regnskabsår" is no "sår".
ASKS_FOR_S = ("skab", "hed", "dom", "ing", "tion", "tet", "else", "sion")
_MISSING_S = 3.0
#: What a part from our own list costs at the most, and a short one always.
_OWN_COST, _SHORT_COST = 5.0, 6.5
#: A part that only the corpus knows stands in three documents and in one of so many, more if it
#: is short; it is worse than one of ours.
_LEAST_SEEN, _RARE, _RARE_SHORT, _STRANGER_COST = 3, 6_000, 500, 1.0


@dataclass(frozen=True)
class _Row:
    """Parts that make up the beginning of a word, as (first letter, letter after the last)."""

    cost: float
    parts: tuple[tuple[int, int], ...]


#: Prices of parts that are remembered: people type what they like.
MOST_REMEMBERED = 50_000


class Compounds:
    """Splits words by our own list and the words of a corpus."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._costs: dict[tuple[str, bool], float | None] = {}

    def parts(self, word: str) -> tuple[str, ...]:
        """Return the parts of a folded word, folded, or nothing if it is no compound.

        What several parts make is also one if it is known: "blodprøve" of "blodprøvetagning".
        """
        written = spelt(word)
        row = self._leaves(written)
        known = (
            written[row[first][0] : row[last][1]]
            for first in range(len(row))
            for last in range(first, len(row))
            if last - first < len(row) - 1
            and (first == last or self._is_word(written, row, first, last))
        )
        return tuple(dict.fromkeys(map(plain, known))) if len(row) > 1 else ()

    def _leaves(self, written: str, *, is_part: bool = False) -> list[tuple[int, int]]:
        """Return where the smallest parts lie: a part is split once more."""
        if not SHORTEST <= len(written) <= LONGEST or not written.isalpha():
            return [(0, len(written))]
        row = self._cheapest(written, is_known=plain(written) in known_forms())
        if is_part or len(row) < 2:
            return list(row) or [(0, len(written))]
        return [
            (start + first, start + last)
            for start, end in row
            for first, last in self._leaves(written[start:end], is_part=True)
        ]

    def _is_word(self, written: str, row: list[tuple[int, int]], first: int, last: int) -> bool:
        word = plain(written[row[first][0] : row[last][1]])
        return word in self._lexicon or word in known_forms()

    def _cheapest(self, written: str, *, is_known: bool) -> tuple[tuple[int, int], ...]:
        """Return the cheapest row of parts that makes up the word, from left to right."""
        rows: list[_Row | None] = [_Row(0.0, ())]
        for end in range(1, len(written) + 1):
            found = [
                longer
                for start in range(end)
                if (row := rows[start]) and (start or end < len(written))
                if (longer := self._longer(written, row, start, end, is_known))
            ]
            rows.append(min(found, key=lambda each: each.cost, default=None))
        return rows[-1].parts if rows[-1] else ()

    def _longer(self, written: str, row: _Row, start: int, end: int, is_known: bool) -> _Row | None:
        """Return the row with what lies between the letters as its next part, if it is one."""
        best: _Row | None = None
        for link, price in LINKS:
            stop = end - len(link)
            if written[stop:end] != link or stop <= start or (link and end == len(written)):
                continue
            cost = self._cost(written[start:stop], end == len(written), is_known)
            if cost is None:
                continue
            is_bare = not link and end < len(written) and written[start:end].endswith(ASKS_FOR_S)
            total = row.cost + cost + price + _MISSING_S * is_bare
            if best is None or total < best.cost:
                best = _Row(total, (*row.parts, (start, stop)))
        return best

    def _cost(self, part: str, is_last: bool, is_known: bool) -> float | None:
        """Return how unlikely a part is, or None if it is none.

        The parts of a word that we know are longer ones of ours: "billedet" is no "bil".
        """
        is_short = len(part) < SHORTEST_PART
        if is_known and ((is_short and not is_last) or plain(part) not in known_forms()):
            return None
        if (part, is_last) not in self._costs:
            if len(self._costs) >= MOST_REMEMBERED:
                self._costs.clear()
            self._costs[part, is_last] = self._price(plain(part), len(part), is_last)
        return self._costs[part, is_last]

    def _price(self, part: str, letters: int, is_last: bool) -> float | None:
        if part in _barred():
            return None
        if part in short_words():
            return _SHORT_COST
        if letters < SHORTEST_PART:
            return None
        seen, documents = self._lexicon.counts.get(part, 0), max(self._lexicon.documents, 1)
        rarity = math.log((documents + 1) / (seen + 1))
        if part in own_words() or (is_last and part in known_forms()):
            return min(rarity, _OWN_COST)
        rare = _RARE if letters > SHORTEST_PART else _RARE_SHORT
        if seen < _LEAST_SEEN or seen * rare < documents or part in STOPS:
            return None
        return rarity + _STRANGER_COST


@cache
def _barred() -> frozenset[str]:
    return frozenset(read_words("barred.txt"))
