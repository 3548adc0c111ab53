"""The raw words of the index: those that begin so, and how they are written."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import WORD
from midtlink.search.backends.whoosh_segment import Segment

#: What a word's standing in a title counts more, and words that are weighed for a suggestion.
IN_TITLE, MOST_WEIGHED = 3, 60


def beginning(
    segments: Sequence[Segment], visible: Sequence[Array], prefix: str, most: int
) -> list[list[int]]:
    """Return the numbers, in each segment, of the most frequent words that begin so.

    Words are counted over visible documents, and those of no visible document are left out.
    """
    counted: Counter[bytes] = Counter()
    numbers: list[dict[bytes, int]] = []
    for segment, seen in zip(segments, visible, strict=True):
        first, last = segment.lexicon.starting(f"{WORD}{prefix}".encode())
        counts = _counts(segment, seen, first, last)
        best = [int(place) for place in np.argsort(-counts, kind="stable")[:most] if counts[place]]
        own = {segment.lexicon.term(first + place): place for place in best}
        counted.update({word: int(counts[place]) for word, place in own.items()})
        numbers.append({word: first + place for word, place in own.items()})
    kept = set(sorted(counted, key=lambda word: (-counted[word], word))[:most])
    return [[number for word, number in own.items() if word in kept] for own in numbers]


def _counts(segment: Segment, seen: Array, first: int, last: int) -> Array:
    """Return how many of the documents that are seen hold each term from a number to another."""
    starts = segment.starts[first : last + 1]
    if first >= last:
        return np.empty(0, np.int64)
    upto = np.concatenate(([0], np.cumsum(seen[segment.docs[starts[0] : starts[-1]]])))
    return np.diff(upto[starts - starts[0]])


def suggestions(
    segments: Sequence[Segment], visible: Sequence[Array], prefix: str, limit: int
) -> list[str]:
    """Return words that begin so, as they are written, likeliest first."""
    weighed: Counter[bytes] = Counter()
    numbers = beginning(segments, visible, prefix, MOST_WEIGHED)
    for segment, seen, own in zip(segments, visible, numbers, strict=True):
        for number in own:
            docs, values = segment.postings_of(WORD, number)
            known = seen[docs]
            in_title = np.count_nonzero(values[known, 0] & 1)
            weight = int(np.count_nonzero(known)) + IN_TITLE * int(in_title)
            weighed[segment.lexicon.term(number)] += weight
    best = sorted(weighed, key=lambda word: (-weighed[word], word))[:limit]
    return [written(segments, visible, word[1:].decode()) for word in best]


def written(segments: Sequence[Segment], visible: Sequence[Array], word: str) -> str:
    """Return a folded word as visible documents write it: "roentgen" gives "røntgen"."""
    for segment, seen in zip(segments, visible, strict=True):
        number = segment.lexicon.find(f"{WORD}{word}".encode())
        if number is not None and seen[segment.postings_of(WORD, number)[0]].any():
            return segment.lexicon.spelt(number).decode() or word
    return word
