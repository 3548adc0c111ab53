"""Answering one question to the index."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

import numpy as np

from midtlink.search import rules
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.groups import Group
from midtlink.search.analysis.stemming import UNSURE, stems
from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import LABEL, WORD
from midtlink.search.backends._phrases import phrase_mask
from midtlink.search.backends._ranking import ranked
from midtlink.search.backends._scoring import Scorer
from midtlink.search.backends._similar import LONGEST_WORD, similar_groups
from midtlink.search.backends._snapshot import Snapshot
from midtlink.search.backends._vocabulary import beginning, written
from midtlink.search.backends.whoosh_segment import Segment
from midtlink.search.protocol import FACETS, Bounds, Found, Wanted

#: What of a query counts: words, phrases, prefixes, raw words of a prefix.
MOST_WORDS, MOST_PHRASES, MOST_PREFIXES, MOST_EXPANDED = 64, 8, 8, 200
#: Pieces of the typed words that are looked for in titles, and of a title being written.
MOST_GRAMS, GRAMS_SIMILAR = 24, 12
#: The most frequent labels of a facet that are counted.
MOST_LABELS = {"tag": 30}


class Finding:
    """One question, and the documents that may answer it."""

    def __init__(self, snapshot: Snapshot, chain: Chain, wanted: Wanted) -> None:
        self._snapshot = snapshot
        self._chain = chain
        self._wanted = wanted
        self._seen = snapshot.seen(wanted.audience, wanted.but_not)
        self._visible = self._seen.masks

    def found(self) -> Found:
        """Return the answer."""
        wanted = self._wanted
        groups = self._groups()
        prefixes = self._prefixes()
        allowed = self._allowed()
        scorer, fitting = self._score(groups, prefixes, allowed)
        docs = [np.flatnonzero(fits) for fits in fitting]
        hits = ranked(self._snapshot, scorer.scores, docs, wanted)
        return Found(
            hits=hits,
            total=sum(map(len, docs)),
            facets={facet: self._facet(facet, fitting, docs) for facet in wanted.facets},
            corrected=self._corrected(groups),
            terms=self._terms(groups, prefixes),
        )

    def _groups(self) -> list[Group]:
        if self._wanted.is_similar:
            scorer = Scorer(self._snapshot, self._seen, self._wanted.parts)
            return similar_groups(scorer, self._chain, self._wanted.words, self._is_known)
        words = [word[:LONGEST_WORD] for word in self._wanted.words[:MOST_WORDS]]
        is_literal = self._wanted.is_literal
        return self._chain.wanted(words, self._is_known, is_literal=is_literal)[:MOST_WORDS]

    def _is_known(self, word: str) -> bool:
        """Say whether a word stands in a document that may be found."""
        pairs = zip(self._snapshot.segments, self._visible, strict=True)
        return any(bool(seen[segment.postings(WORD, word)[0]].any()) for segment, seen in pairs)

    def _prefixes(self) -> list[list[list[int]]]:
        """Return for each prefix the numbers of its raw words in each segment."""
        heard = (self._chain.raw_words(each[:LONGEST_WORD]) for each in self._wanted.prefixes)
        wanted = [words[-1] for words in heard if words][:MOST_PREFIXES]
        return [
            beginning(self._snapshot.segments, self._visible, prefix, MOST_EXPANDED)
            for prefix in wanted
        ]

    def _allowed(self) -> list[Array]:
        pairs = zip(self._snapshot.segments, self._visible, strict=True)
        return [self._filtered(segment, seen.copy()) for segment, seen in pairs]

    def _filtered(self, segment: Segment, allowed: Array) -> Array:
        wanted = self._wanted
        for labels in wanted.labels:
            allowed &= segment.mask(LABEL, labels)
        if wanted.no_labels:
            allowed &= ~segment.mask(LABEL, wanted.no_labels)
        for name, bounds in wanted.bounds.items():
            allowed &= _within(segment.column(name), bounds)
        for words in self._heard(wanted.phrases):
            allowed = phrase_mask(segment, words, allowed, wanted.parts)
        for words in self._heard(wanted.without):
            allowed &= ~phrase_mask(segment, words, allowed, wanted.parts)
        return allowed

    def _heard(self, texts: Sequence[str]) -> list[list[str]]:
        heard = (self._chain.raw_words(text) for text in texts[:MOST_PHRASES])
        return [words for words in heard if words]

    def _score(
        self, groups: Sequence[Group], prefixes: Sequence[list[list[int]]], allowed: list[Array]
    ) -> tuple[Scorer, list[Array]]:
        tuning = rules.SIMILAR if self._wanted.is_similar else rules.SEARCHED
        scorer = Scorer(self._snapshot, self._seen, self._wanted.parts, tuning)
        for group in groups:
            scorer.add_terms(group.terms, group.sure)
        for numbers in prefixes:
            scorer.add(begun := scorer.words(numbers), 1.0)
            scorer.note_sure(begun)
        fitting = allowed
        if self._wanted.words or self._wanted.prefixes:
            fitting = scorer.fitting(allowed, 0 if self._wanted.is_similar else rules.FLOOR)
        for words in self._heard(self._wanted.phrases):
            scorer.add_terms(dict.fromkeys(self._chain.terms(" ".join(words)), 1.0))
        scorer.add_grams(self._grams(), fitting)
        scorer.prefer()
        return scorer, fitting

    def _grams(self) -> list[str]:
        words, grams = (1, GRAMS_SIMILAR) if self._wanted.is_similar else (MOST_WORDS, MOST_GRAMS)
        typed = " ".join(word[:LONGEST_WORD] for word in self._wanted.words[:words])
        return list(islice(self._chain.title_grams(typed), grams))

    def _facet(
        self, facet: str, fitting: Sequence[Array], docs: Sequence[Array]
    ) -> Mapping[str, int]:
        if facet not in FACETS:
            return {}
        names, places = self._snapshot.labels(facet)
        counted = np.zeros(len(names), np.int64)
        pairs = zip(fitting, docs, strict=True)
        for segment, fits, own in zip(self._snapshot.segments, pairs, places, strict=True):
            counted[own] += segment.count(facet, *fits)
        best = np.argsort(-counted, kind="stable")[: MOST_LABELS.get(facet)]
        return {f"{facet}:{names[n]}": int(counted[n]) for n in best if counted[n]}

    def _corrected(self, groups: Iterable[Group]) -> tuple[tuple[str, str], ...]:
        typed = {self._chain.raw_words(word)[0]: word for word in self._wanted.words[:MOST_WORDS]
                 if self._chain.raw_words(word)}  # fmt: skip
        segments = self._snapshot.segments
        return tuple(
            (
                typed.get(group.source, group.source),
                written(segments, self._visible, group.corrected),
            )
            for group in groups
            if group.corrected
        )

    def _terms(
        self, groups: Iterable[Group], prefixes: Iterable[list[list[int]]]
    ) -> frozenset[str]:
        found = {term for group in groups for term in group.marked}
        for words in self._heard(self._wanted.phrases):
            found.update(self._chain.terms(" ".join(words)))
        for numbers in prefixes:
            for segment, own in zip(self._snapshot.segments, numbers, strict=True):
                for number in own:
                    found.update(stems(segment.lexicon.term(number)[1:].decode(), UNSURE))
        return frozenset(found)


def _within(column: Array, bounds: Bounds) -> Array:
    inside = np.ones(len(column), bool)
    if bounds.least is not None:
        inside &= column >= bounds.least
    if bounds.most is not None:
        inside &= column <= bounds.most
    return inside
