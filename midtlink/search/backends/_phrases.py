"""Words that stand next to each other, found in the hashed words of the documents."""

from collections.abc import Sequence

import numpy as np

from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import WORD
from midtlink.search.backends._drafting import BETWEEN, HALF, LOW, word_hash
from midtlink.search.backends.whoosh_segment import SEQUENCE, Segment
from midtlink.search.protocol import PARTS

#: Words of a phrase that count.
LONGEST = 32
#: Words of documents that are looked through at once: what that takes is never given back.
AT_ONCE = 100_000


def phrase_mask(
    segment: Segment, words: Sequence[str], among: Array, parts: Sequence[str]
) -> Array:
    """Return which of some documents hold the folded words in this order in one of the parts."""
    places = [PARTS.index(part) for part in parts]
    found = among.copy()
    for word in dict.fromkeys(words[:LONGEST]):
        found &= word_mask(segment, word, places)
    return _in_order(segment, words[:LONGEST], found, places) if len(words) > 1 else found


def word_mask(segment: Segment, word: str, places: Sequence[int]) -> Array:
    """Return which documents hold a word in one of the parts."""
    docs, values = segment.postings(WORD, word)
    found = np.zeros(segment.size, bool)
    if len(places) == len(PARTS):
        found[docs] = True
    elif len(docs):
        found[docs] = values[:, 0] & sum(1 << place for place in places) != 0
    return found


def _in_order(segment: Segment, words: Sequence[str], among: Array, places: Sequence[int]) -> Array:
    found = np.zeros(segment.size, bool)
    docs = np.flatnonzero(among)
    ends = np.cumsum(segment.column("spoken")[docs], dtype=np.int64) // AT_ONCE
    for some in np.split(docs, np.flatnonzero(np.diff(ends)) + 1) if len(docs) else ():
        found[_holding(segment, words, some, places)] = True
    return found


def _holding(segment: Segment, words: Sequence[str], docs: Array, places: Sequence[int]) -> Array:
    """Return which of the documents hold the words in this order."""
    spoken, owners = _spoken(segment, docs)
    low, high = (segment.arrays[half] for half in SEQUENCE)
    heard = low[spoken]
    starts = np.arange(max(len(heard) - len(words) + 1, 0))
    for step, word in enumerate(words):
        starts = starts[heard[starts + step] == word_hash(word) & LOW]
    for step, word in enumerate(words):
        starts = starts[high[spoken[starts + step]] == word_hash(word) >> HALF]
    if len(places) < len(PARTS):
        starts = starts[_in_places(heard, owners, starts, places)]
    return docs[owners[starts]]


def _spoken(segment: Segment, docs: Array) -> tuple[Array, Array]:
    """Return where the words of the documents lie, one after the other, and whose each is."""
    ends = segment.spoken_ends[docs]
    sizes = segment.column("spoken")[docs]
    before = np.cumsum(sizes) - sizes
    owners = np.repeat(np.arange(len(docs)), sizes)
    return np.arange(len(owners)) + np.repeat(ends - sizes - before, sizes), owners


def _in_places(heard: Array, owners: Array, starts: Array, places: Sequence[int]) -> Array:
    """Say which of the starts lie in one of the parts, each of which ends with a mark."""
    marks = np.cumsum(heard == BETWEEN)
    return np.isin(marks[starts] - len(PARTS) * owners[starts], places)
