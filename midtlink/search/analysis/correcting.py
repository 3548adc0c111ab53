"""Which typed words are slips, and of which words."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from midtlink.search import rules
from midtlink.search.analysis.forms import own_words
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.spelling import Spelling
from midtlink.search.analysis.stemming import ENGLISH_STOPS, english

#: Says whether the asker may know of a word.
Known = Callable[[str], bool]


class Correcting:
    """Corrects words with those of one corpus and those that MidtLink and its staff bring along."""

    def __init__(
        self,
        lexicon: Lexicon,
        ours: frozenset[str],
        english_stems: frozenset[str],
        spelling: Spelling,
        beside: Spelling,
    ) -> None:
        """Take the words that are never a slip, and what finds those near one, `beside` too."""
        self._lexicon = lexicon
        self._ours = ours
        self._english_stems = english_stems
        self.spelling = spelling
        self._beside = beside

    def is_sound(self, word: str, known: Known) -> bool:
        """Say whether a word is written as it should be, as far as anybody knows."""
        return self._is_ours(word) or known(word)

    def _is_ours(self, word: str) -> bool:
        return word in self._ours or word in ENGLISH_STOPS or english(word) in self._english_stems

    def meant(self, word: str, known: Known) -> list[tuple[str, float]]:
        """Return what an unknown word may be a slip of, likeliest first, with what each counts."""
        found = self._near(word, known)
        weights = (rules.CORRECTION_WEIGHT, *[rules.OTHER_CORRECTION_WEIGHT] * len(found))
        return list(zip(found, weights, strict=False))

    def suspected(self, word: str, known: Known) -> list[tuple[str, float]]:
        """Return the much more frequent word that one which hardly anybody writes may be."""
        seen = self._lexicon.counts.get(word, 0)
        if self._is_ours(word) or not 0 < seen <= rules.RARELY_SEEN:
            return []
        often = seen * rules.MUCH_OFTENER
        near = self._near(word, known, often)
        found = [each for each in near if self._lexicon.counts.get(each, 0) >= often]
        return [(each, rules.SUSPICION_WEIGHT) for each in found[:1]]

    def glued(
        self, heard: Sequence[str], known: Known, may_be: Known
    ) -> Iterator[tuple[str, str, float]]:
        """Yield neighbours as one word, what that is or may be a slip of, and what it counts.

        `may_be` says which words are to be taken for what they are.
        """
        for first, second in pairwise(heard):
            word = first + second
            if word in own_words() or known(word):
                yield word, word, rules.GLUED_WEIGHT
            elif not (self.is_sound(first, may_be) and self.is_sound(second, may_be)):
                for meant in self._near(word, known)[:1]:
                    yield word, meant, rules.GLUED_WEIGHT * rules.CORRECTION_WEIGHT

    def _near(self, word: str, known: Known, least: int = 0) -> list[str]:
        return self.spelling.candidates(word, known, beside=self._beside, least=least)
