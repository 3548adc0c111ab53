"""What a word that nobody wrote was most likely meant to be."""

import math
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from midtlink.search.analysis.deletions import Deletions
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.nearness import distance
from midtlink.search.analysis.normal import spelt

#: Words that are looked through, the most frequent.
MOST_WORDS = 60_000
#: Letters of the shortest word that may be a slip, and how far it may be from what was meant.
SHORTEST = 3
FARTHEST = ((3, 0.7), (4, 1.0), (6, 1.5), (8, 2.0), (11, 2.5))
#: Words of fewer letters lose one of them when others are looked for, longer ones two.
SHORTEST_FOR_TWO = 6
#: A word ten times as frequent may be so much further away; one of ours stands so often.
FREQUENT, OWN = 0.2, 30
#: Those little less likely than the best are looked for too.
LITTLE_LESS, MOST_CANDIDATES = 0.7, 4


class Candidate(NamedTuple):
    """A word that may have been meant: the lower its cost, the likelier."""

    cost: float
    word: str


class _Words(NamedTuple):
    """Words that a slip may be of, the most frequent first, and what finds them."""

    words: list[str]
    counts: list[int]
    deletions: Deletions

    def near(self, word: str, is_known: Callable[[str], bool], least: int) -> Iterator[Candidate]:
        """Yield known words that a folded word may be a slip of; none is far behind the best.

        Those that stand less often than `least` are not looked at.
        """
        typed = spelt(word)
        most = [far for letters, far in FARTHEST if letters <= len(word)][-1]
        best = math.inf
        for number in self.deletions.near(typed, 2 if len(typed) >= SHORTEST_FOR_TWO else 1):
            if self.counts[number] < least:
                continue
            meant = self.words[number]
            often = FREQUENT * math.log10(self.counts[number])
            cost = distance(typed, spelt(meant), min(most, best + LITTLE_LESS + often)) - often
            if cost < math.inf and meant != word and is_known(meant):
                best = min(best, cost)
                yield Candidate(cost, meant)


class Spelling:
    """Corrects words. What it looks through is built when it is first asked, or before."""

    def __init__(
        self,
        lexicon: Lexicon,
        own: Iterable[str] = (),
        *,
        meanwhile: "Spelling | None" = None,
        is_built_beside: bool = False,
    ) -> None:
        """Build beside what else is done if told so: until then `meanwhile` serves, or nothing."""
        self._lexicon = lexicon
        self._own = frozenset(own)
        self._building = threading.Lock()
        self._built: _Words | None = None
        self._meanwhile = meanwhile._now() if meanwhile else None
        self._is_built_beside = is_built_beside
        if is_built_beside:
            threading.Thread(target=self.build, name="spelling", daemon=True).start()

    def candidates(
        self,
        word: str,
        known: Callable[[str], bool],
        *,
        beside: "Spelling | None" = None,
        least: int = 0,
    ) -> list[str]:
        """Return the known words, as frequent, that a word is likeliest a slip of, best first."""
        if len(word) < SHORTEST or word.isdigit():
            return []
        own = self._own | beside._own if beside else self._own
        holders = (self._ready(), beside._ready() if beside else None)
        near = sorted(
            each
            for words in holders
            if words
            for each in words.near(word, lambda meant: meant in own or known(meant), least)
        )
        found = dict.fromkeys(each.word for each in near if each.cost <= near[0].cost + LITTLE_LESS)
        return list(found)[:MOST_CANDIDATES]

    def build(self) -> None:
        """Build what words are looked up in, unless that is done."""
        with self._building:
            if self._built is None:
                self._built = self._build()
                self._meanwhile = None

    def _ready(self) -> _Words | None:
        if not self._built and not self._is_built_beside:
            self.build()
        return self._now()

    def _now(self) -> _Words | None:
        return self._built or self._meanwhile

    def _build(self) -> _Words:
        counts = self._lexicon.counts
        most = sorted(counts, key=lambda each: (-counts[each], each))[:MOST_WORDS]
        words = [w for w in most if len(w) >= SHORTEST - 1 and not any(map(str.isdigit, w))]
        words += sorted(self._own.difference(words))
        often = [max(counts.get(w, 1), OWN if w in self._own else 1) for w in words]
        return _Words(words, often, Deletions([spelt(word) for word in words]))
