"""The index between two commits: its segments, and what is worth keeping of them."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, NamedTuple

import numpy as np

from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import LABEL
from midtlink.search.backends.whoosh_segment import Segment
from midtlink.search.protocol import PARTS

#: Arrays of a row a document that are remembered, over all segments.
REMEMBERED = 24


class Seen(NamedTuple):
    """The documents that somebody may know of: in each segment, and how many in all.

    Whatever is counted to weigh words is counted over these, for the order of hits would tell
    which words stand in the others.
    """

    key: Hashable
    masks: list[Array]
    size: int

    def count(self, found: Sequence[Array]) -> int:
        """Return how many of the documents found in each segment may be known of."""
        pairs = zip(self.masks, found, strict=True)
        return sum(int(np.count_nonzero(mask[docs])) for mask, docs in pairs if len(docs))


class Snapshot:
    """Never changes, so any number of threads look into one."""

    def __init__(self, generation: int, segments: list[Segment]) -> None:
        self.generation = generation
        self.segments = segments
        self.size = sum(int(np.count_nonzero(segment.alive)) for segment in segments)
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._keeping = threading.Lock()

    def kept(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """Return what was made for a key, or make it."""
        found = self._kept.get(key)
        if found is None:
            found = make()
            with self._keeping:
                self._kept[key] = found
                while len(self._kept) > REMEMBERED:
                    self._kept.popitem(last=False)
        return found

    def seen(self, audience: frozenset[str], but_not: frozenset[int]) -> Seen:
        """Return what bears a label of an audience, without the documents of some ids."""
        key = ("seen", audience, but_not)
        return self.kept(key, lambda: self._see(key, audience, but_not))

    def _see(self, key: Hashable, audience: frozenset[str], but_not: frozenset[int]) -> Seen:
        masks = [segment.alive & segment.mask(LABEL, audience) for segment in self.segments]
        if but_not:
            hidden = np.fromiter(but_not, np.int64, len(but_not))
            pairs = zip(self.segments, masks, strict=True)
            masks = [mask & ~np.isin(segment.column("id"), hidden) for segment, mask in pairs]
        return Seen(key, masks, sum(int(np.count_nonzero(mask)) for mask in masks))

    def labels(self, facet: str) -> tuple[list[str], list[Array]]:
        """Return the labels of a facet, and where those of each segment stand among them."""
        return self.kept(("labels", facet), lambda: self._labels(facet))

    def _labels(self, facet: str) -> tuple[list[str], list[Array]]:
        own = [segment.labels(facet) for segment in self.segments]
        names = sorted(set().union(*own))
        place = {name: number for number, name in enumerate(names)}
        return names, [np.array([place[name] for name in each], np.int64) for each in own]

    def lengths(self, weights: tuple[float, ...]) -> list[Array]:
        """Return how long each document is, its parts weighed."""
        return self.kept(
            ("lengths", weights),
            lambda: [_weighed_lengths(segment, weights) for segment in self.segments],
        )

    def mean_length(self, weights: tuple[float, ...], seen: Seen) -> float:
        """Return how long the documents are that may be known of: the same in any segments."""
        total = 0.0
        for part, weight in zip(PARTS, weights, strict=True):
            columns = (segment.column(f"length.{part}") for segment in self.segments)
            pairs = zip(columns, seen.masks, strict=True)
            total += weight * sum(int(column[mask].sum()) for column, mask in pairs)
        return max(total / max(seen.size, 1), 1.0)


def _weighed_lengths(segment: Segment, weights: tuple[float, ...]) -> Array:
    lengths = np.zeros(segment.size, np.float32)
    for part, weight in zip(PARTS, weights, strict=True):
        lengths += np.float32(weight) * segment.column(f"length.{part}")
    return lengths
