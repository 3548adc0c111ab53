"""How well documents fit: BM25 over one combined field, and a mild preference."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from midtlink import clock
from midtlink.search import rules
from midtlink.search.analysis.groups import Term
from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import GRAM, LABEL, TERM, WORD
from midtlink.search.backends._snapshot import Seen, Snapshot
from midtlink.search.backends.whoosh_segment import Segment
from midtlink.search.protocol import PARTS
from midtlink.search.rules import Tuning

_DAY = 86_400
#: A piece that stands in more of all titles says nothing.
COMMON = 0.1


class Weighed(NamedTuple):
    """How often a term stands in each document of each segment: (documents, frequencies)."""

    found: list[tuple[Array, Array]]
    #: Documents that hold it and may be known of.
    holding: int


class Scorer:
    """Scores the documents of a snapshot as if there were none but those that are seen."""

    def __init__(
        self,
        snapshot: Snapshot,
        seen: Seen,
        parts: Sequence[str],
        tuning: Tuning = rules.SEARCHED,
    ) -> None:
        self._snapshot = snapshot
        self._seen = seen
        self._tuning = tuning
        self._weights = np.array(
            [getattr(tuning, part) if part in parts else 0 for part in PARTS], np.float32
        )
        self.scores = [np.zeros(segment.size, np.float32) for segment in snapshot.segments]
        #: The documents that hold a typed word itself.
        self.sure = [np.zeros(segment.size, bool) for segment in snapshot.segments]

    def weighed(self, term: Term) -> Weighed:
        """Return in which documents a term stands, or all of a row of them, and how often."""
        row = (term,) if isinstance(term, str) else term
        return self._counted([self._together(each, row) for each in self._snapshot.segments])

    def holding(self, term: Term) -> int:
        """Return how many documents hold a term in any part."""
        if not isinstance(term, str):
            return self.weighed(term).holding
        return self._seen.count([each.postings(TERM, term)[0] for each in self._snapshot.segments])

    def _together(self, segment: Segment, row: Sequence[str]) -> tuple[Array, Array]:
        docs, often = self._postings(segment, row[0])
        for term in row[1:]:
            others, more = self._postings(segment, term)
            docs, own, theirs = np.intersect1d(
                docs, others, assume_unique=True, return_indices=True
            )
            often = np.minimum(often[own], more[theirs])
        return docs, often

    def _counted(self, found: list[tuple[Array, Array]]) -> Weighed:
        return Weighed(found, self._seen.count([docs for docs, _ in found]))

    def _postings(self, segment: Segment, term: str) -> tuple[Array, Array]:
        docs, values = segment.postings(TERM, term)
        if not len(docs):
            return docs, np.empty(0, np.float32)
        often = values @ self._weights
        if self._weights.all():
            return docs, often
        held = often > 0
        return docs[held], often[held]

    def add_terms(self, terms: Mapping[Term, float], sure: Collection[Term] = ()) -> None:
        """Add what the terms of one word are worth: the best of them, and a share of the others.

        Words that mean the same stand together in many texts, which says little more.
        """
        weighed = []
        for term, weight in terms.items():
            if (found := self.weighed(term)).holding:
                weighed.append((found, weight))
                if term in sure:
                    self.note_sure(found)
        if len(weighed) == 1:
            self.add(*weighed[0])
        elif weighed:
            for place, scores in enumerate(self.scores):
                self._add_best(scores, place, weighed)

    def note_sure(self, weighed: Weighed) -> None:
        """Note the documents that hold a typed word itself."""
        for sure, (docs, _) in zip(self.sure, weighed.found, strict=True):
            sure[docs] = True

    def fitting(self, allowed: Sequence[Array], floor: float) -> list[Array]:
        """Return which documents hold a typed word, or come near the best of them all."""
        pairs = list(zip(allowed, self.scores, strict=True))
        best = max((float(scores[may].max(initial=0)) for may, scores in pairs), default=0.0)
        least = max(floor * best, float(np.finfo(np.float32).tiny))
        return [
            may & (sure & (scores > 0) | (scores >= least))
            for (may, scores), sure in zip(pairs, self.sure, strict=True)
        ]

    def _add_best(self, scores: Array, place: int, weighed: list[tuple[Weighed, float]]) -> None:
        """Add to the scores of one segment."""
        burden, share = self._burdens()[place], np.float32(rules.OTHERS_SHARE)
        best = np.zeros_like(scores)
        for term, weight in weighed:
            docs, often = term.found[place]
            if len(docs):
                worth = self._worth(term, weight) * often / (often + burden[docs])
                scores[docs] += share * worth
                best[docs] = np.maximum(best[docs], worth)
        best *= 1 - share
        scores += best

    def add(self, weighed: Weighed, weight: float) -> None:
        """Add what one term is worth."""
        if not weighed.holding:
            return
        worth = self._worth(weighed, weight)
        for scores, burden, (docs, often) in zip(
            self.scores, self._burdens(), weighed.found, strict=True
        ):
            if len(docs):
                scores[docs] += worth * often / (often + burden[docs])

    def _worth(self, weighed: Weighed, weight: float) -> np.float32:
        return np.float32(weight * self.rarity(weighed.holding) * (self._tuning.k1 + 1))

    def rarity(self, holding: int) -> float:
        """Return the inverse document frequency."""
        return float(np.log1p((self._seen.size - holding + 0.5) / (holding + 0.5)))

    def _burdens(self) -> list[Array]:
        """Return for each document what its length takes off."""
        key = tuple(float(weight) for weight in self._weights)
        return self._snapshot.kept(
            ("burdens", key, self._tuning.k1, self._tuning.b, self._seen.key),
            lambda: self._weigh(key),
        )

    def _weigh(self, weights: tuple[float, ...]) -> list[Array]:
        lengths = self._snapshot.lengths(weights)
        mean = self._snapshot.mean_length(weights, self._seen)
        k1, b = np.float32(self._tuning.k1), np.float32(self._tuning.b)
        return [k1 * (1 - b + b * each / np.float32(mean)) for each in lengths]

    def words(self, numbers: Sequence[Sequence[int]]) -> Weighed:
        """Return raw words, known by their numbers in each segment, as if they were one term."""
        made = []
        for segment, own in zip(self._snapshot.segments, numbers, strict=True):
            often = np.zeros(segment.size, np.float32)
            for number in own:
                docs, values = segment.postings_of(WORD, number)
                bits = np.unpackbits(values, axis=1, bitorder="little", count=len(PARTS))
                often[docs] += bits @ self._weights
            docs = np.flatnonzero(often)
            made.append((docs, often[docs]))
        return self._counted(made)

    def add_grams(self, grams: Iterable[str], fitting: Sequence[Array]) -> None:
        """Add a little for pieces of titles to documents that fit already."""
        for gram in grams:
            found = [segment.postings(GRAM, gram)[0] for segment in self._snapshot.segments]
            holding = self._seen.count(found)
            if holding > COMMON * self._seen.size:
                continue
            worth = np.float32(rules.GRAM_WEIGHT * self.rarity(holding))
            for scores, fits, docs in zip(self.scores, fitting, found, strict=True):
                if len(docs):
                    scores[docs] += worth * fits[docs]

    def prefer(self) -> None:
        """Prefer mildly what helped somebody, and more mildly what is recent."""
        for scores, better in zip(self.scores, self._preferences(), strict=True):
            scores *= better

    def _preferences(self) -> list[Array]:
        today = int(clock.now().timestamp()) // _DAY
        return self._snapshot.kept(
            ("preferences", today),
            lambda: [_preference(segment, today * _DAY) for segment in self._snapshot.segments],
        )


def _preference(segment: Segment, now: int) -> Array:
    better = np.ones(segment.size, np.float32)
    for label, more in rules.PREFERENCES.items():
        better[segment.postings(LABEL, label)[0]] += np.float32(more)
    age = np.clip((now - segment.column("active")) / (rules.RECENT_DAYS * _DAY), 0, 1)
    better += (rules.RECENT * (1 - age)).astype(np.float32)
    return better
