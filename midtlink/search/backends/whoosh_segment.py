"""A segment of the index: its terms, its postings and its columns, read where they lie."""

import copy
import zlib
from bisect import bisect_left
from collections import OrderedDict
from functools import cached_property
from typing import Any

import numpy as np

from midtlink.search.backends import _arrays
from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import GRAM, TERM, WORD, Content, facet_arrays
from midtlink.search.backends.whoosh_lexicon import Lexicon, LexiconWriter
from midtlink.search.backends.whoosh_storage import MappedStorage, new_segment
from midtlink.search.protocol import PARTS

TERMS, ARRAYS, CHECKS = ".trm", ".col", ".sum"
#: How many bytes of a posting's value are kept, by its kind; the others keep none.
WIDTHS = {TERM: len(PARTS), WORD: 1, GRAM: 1}
#: Looked-up terms that are remembered for each segment (about 300 bytes each).
_REMEMBERED = 2_000
_NOTHING = np.empty(0, np.uint32)
#: The two halves of what stands for each word: where the lower differs, nobody reads the higher.
SEQUENCE = ("sequence.low", "sequence.high")

#: The documents that hold a term, and a row of bytes for each that says how.
Postings = tuple[Array, Array]


def save(storage: MappedStorage, content: Content) -> Any:
    """Write a content to a folder as a segment, which becomes part of the index by a commit."""
    segment = new_segment(content.size)
    writer = LexiconWriter(segment.create_file(storage, TERMS))
    writer.add_all((term, content.spelt.get(term, b"")) for term in content.terms)
    writer.close()
    arrays, names = facet_arrays(content)
    columns = dict(content.columns)
    halves = columns.pop("sequence").astype("<u4").view("<u2").reshape(-1, 2)
    arrays |= dict(zip(SEQUENCE, halves.T, strict=True))
    arrays |= {f"column.{name}": column for name, column in columns.items()}
    arrays["starts"] = np.concatenate(([0], np.cumsum(content.counts)))
    arrays["docs"] = content.docs.astype(np.min_scalar_type(content.size))
    widths = content.values.view(np.uint8).reshape(-1, content.values.itemsize)
    bases = {}
    for kind, width in WIDTHS.items():
        first, last = _reach(content, kind, arrays["starts"])
        bases[kind] = first
        arrays[f"values.{kind}"] = widths[first:last, :width]
    file = segment.create_file(storage, ARRAYS)
    _arrays.write(file, arrays, {"facets": names, "size": content.size, "bases": bases})
    file.close()
    checks = segment.create_file(storage, CHECKS)
    checks.write(_checks(storage, segment))
    checks.close()
    return segment


def is_whole(storage: MappedStorage, segment: Any) -> bool:
    """Say whether the files of a segment are as they were written. Reads all of them."""
    noted = storage.open_file(segment.make_filename(CHECKS)).view
    return bytes(noted) == _checks(storage, segment)


def _checks(storage: MappedStorage, segment: Any) -> bytes:
    views = (storage.open_file(segment.make_filename(kind)).view for kind in (TERMS, ARRAYS))
    return " ".join(str(zlib.crc32(view)) for view in views).encode()


def _reach(content: Content, kind: str, starts: Array) -> tuple[int, int]:
    """Return where the postings of a kind begin and end."""
    ends = kind.encode(), kind.encode() + b"\xff"
    first, last = (int(starts[bisect_left(content.terms, end)]) for end in ends)
    return first, last


class Segment:
    """Read by any thread. With other deletions it becomes another object over the same files."""

    def __init__(self, storage: MappedStorage, segment: Any) -> None:
        self.name = segment.segment_id()
        self.lexicon = Lexicon(storage.open_file(segment.make_filename(TERMS)))
        file = storage.open_file(segment.make_filename(ARRAYS))
        self.arrays, self.notes = _arrays.read(file.view)
        self.size = int(self.notes["size"])
        self.starts = self.arrays["starts"]
        self.docs = self.arrays["docs"]
        self._check(segment)
        self._bases: dict[str, int] = self.notes["bases"]
        self._found: OrderedDict[str, Postings] = OrderedDict()
        self._bury(segment)

    def _check(self, segment: Any) -> None:
        rows = [len(self.column(name)) for name in ("id", "version", "spoken")]
        if {self.size, segment.doc_count_all()} != set(rows) or self.size == 0:
            raise ValueError("a segment has lost documents")
        if len(self.starts) != len(self.lexicon) + 1 or self.starts[-1] != len(self.docs):
            raise ValueError("a segment has lost terms")

    def _bury(self, segment: Any) -> None:
        self.deleted = segment.deleted_count()
        self.alive = np.ones(self.size, bool)
        self.alive[list(segment.deleted_docs())] = False

    def with_deletions(self, segment: Any) -> "Segment":
        """Return this segment with what is deleted by now."""
        if segment.deleted_count() == self.deleted:
            return self
        other = copy.copy(self)
        other._bury(segment)
        return other

    def column(self, name: str) -> Array:
        """Return a value for each document."""
        return self.arrays[f"column.{name}"]

    def postings(self, kind: str, term: str) -> Postings:
        """Return the documents that hold a term."""
        key = kind + term
        found = self._found.get(key)
        if found is None:
            number = self.lexicon.find(key.encode())
            found = (_NOTHING, _NOTHING) if number is None else self.postings_of(kind, number)
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            self._found[key] = found
        return found

    def postings_of(self, kind: str, number: int) -> Postings:
        """Return the documents that hold the term of a number."""
        first, last = int(self.starts[number]), int(self.starts[number + 1])
        docs = self.docs[first:last]
        if kind not in WIDTHS:
            return docs, _NOTHING
        base = self._bases[kind]
        values = self.arrays[f"values.{kind}"][first - base : last - base]
        if len(values) != len(docs):
            raise ValueError("a segment has lost postings")
        return docs, values

    def mask(self, kind: str, terms: Any) -> Array:
        """Return which documents hold one of the terms."""
        found = np.zeros(self.size, bool)
        for term in terms:
            found[self.postings(kind, term)[0]] = True
        return found

    @cached_property
    def spoken_ends(self) -> Array:
        """Where the words of each document end in the column of all words."""
        ends = np.cumsum(self.column("spoken"))
        if {int(ends[-1])} != {len(self.arrays[half]) for half in SEQUENCE}:
            raise ValueError("a segment has lost words")
        return ends

    def labels(self, facet: str) -> list[str]:
        """Return the names of a facet's labels, in the order of their codes."""
        names: list[str] = self.notes["facets"][facet]
        return names

    def count(self, facet: str, fitting: Array, docs: Array) -> Array:
        """Count each label of a facet over the documents that fit, given as a mask and a list."""
        known = len(self.labels(facet))
        code = self.arrays.get(f"{facet}.code")
        if code is not None:
            chosen = code[docs]
        else:
            codes, counts = self.arrays[f"{facet}.codes"], self.arrays[f"{facet}.counts"]
            chosen = codes[np.repeat(fitting, counts)]
        if len(chosen) and int(chosen.max()) > known:
            raise ValueError("a segment has lost labels")
        return np.bincount(chosen, minlength=known)[:known]

    def content(self) -> Content:
        """Return everything that is in the segment, for merging."""
        terms = [self.lexicon.term(number) for number in range(len(self.lexicon))]
        spelt = {term: how for n, term in enumerate(terms) if (how := self.lexicon.spelt(n))}
        values = np.zeros((len(self.docs), 4), np.uint8)
        for kind, width in WIDTHS.items():
            own = self.arrays[f"values.{kind}"]
            base = self._bases[kind]
            values[base : base + len(own), :width] = own
        columns = {name.removeprefix("column."): array for name, array in self.arrays.items()
                   if name.startswith("column.")}  # fmt: skip
        halves = np.stack([self.arrays[half] for half in SEQUENCE], axis=1)
        columns["sequence"] = halves.view("<u4").ravel()
        counts = np.diff(self.starts)
        return Content(terms, spelt, counts, self.docs, values.view(np.uint32).ravel(), columns)
