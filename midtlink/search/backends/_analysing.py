"""The analysis over the words of an index and the synonyms as they are now."""

import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.analysis.spelling import Spelling
from midtlink.search.analysis.wanting import brought
from midtlink.search.backends._marking import Marking

#: Seconds for which the synonyms are remembered.
KEPT = 10

Groups = list[list[str]]


class Analysis(NamedTuple):
    """What is derived of one lexicon and one list of synonyms."""

    lexicon: Lexicon
    groups: Groups
    chain: Chain
    marking: Marking


class Analyses:
    """Makes the analysis anew when another index runs or the synonyms have changed."""

    def __init__(self, synonyms: Callable[[], Groups]) -> None:
        self._synonyms = synonyms
        self._held: Analysis | None = None
        self._until = -float("inf")
        self._making = threading.Lock()
        #: Whether words are made ready for correction beside the questions of a running server.
        self.is_spelling_beside = False

    def of(self, lexicon: Lexicon) -> Analysis:
        """Return the analysis over the words of an index."""
        held = self._held
        if held and held.lexicon is lexicon and time.monotonic() < self._until:
            return held
        groups = self._synonyms()
        with self._making:
            held = self._held
            self._until = time.monotonic() + KEPT
            if not held or held.lexicon is not lexicon or held.groups != groups:
                chain = Chain(lexicon, groups, self._spelling(held, lexicon))
                held = self._held = Analysis(lexicon, groups, chain, Marking(chain))
            return held

    def _spelling(self, held: Analysis | None, lexicon: Lexicon) -> Spelling:
        """Return what corrects words: it outlives synonyms, and serves until another is built."""
        if held and held.lexicon is lexicon:
            return held.chain.spelling
        meanwhile = held.chain.spelling if held and self.is_spelling_beside else None
        return Spelling(
            lexicon, brought(), meanwhile=meanwhile, is_built_beside=self.is_spelling_beside
        )
