"""What a segment holds, as arrays: made of documents, or of other segments by merging."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from midtlink.search.backends._arrays import Array
from midtlink.search.protocol import FACETS

#: What a term's first letter says: a piece of a title, a label, a term of the text, a raw word.
GRAM, LABEL, TERM, WORD = "g", "l", "t", "w"


@dataclass
class Content:
    """Postings in the order of their terms, and a row a document in each column.

    `docs[i]` holds term number `numbers[i]`, `values[i]` says how: a byte a part for terms, a bit
    a part for words, how often for pieces of titles.
    """

    terms: list[bytes]
    spelt: dict[bytes, bytes]
    counts: Array
    docs: Array
    values: Array
    columns: dict[str, Array] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.columns["id"])


def merge(contents: Sequence[Content], alive: Sequence[Array]) -> Content:
    """Return one content of several, without the documents that are not alive."""
    terms = sorted(set().union(*(content.terms for content in contents)))
    number_of = {term: number for number, term in enumerate(terms)}
    base, parts = 0, []
    for content, lives in zip(contents, alive, strict=True):
        parts.append(_postings(content, lives, base, number_of))
        base += int(np.count_nonzero(lives))
    numbers, docs, values = (np.concatenate(each) for each in zip(*parts, strict=True))
    order = np.argsort(numbers, kind="stable")
    counts = np.bincount(numbers, minlength=len(terms))
    kept = [terms[number] for number in np.flatnonzero(counts)]
    spelt = {term: how for content in reversed(contents) for term, how in content.spelt.items()}
    columns = _columns(contents, alive)
    return Content(kept, spelt, counts[counts > 0], docs[order], values[order], columns)


def _postings(
    content: Content, lives: Array, base: int, number_of: dict[bytes, int]
) -> tuple[Array, Array, Array]:
    moved = np.full(len(lives), -1, np.int64)
    moved[lives] = base + np.arange(np.count_nonzero(lives))
    own = np.fromiter((number_of[term] for term in content.terms), np.int32, len(content.terms))
    docs = moved[content.docs]
    stays = docs >= 0
    numbers = np.repeat(own, content.counts)[stays]
    return numbers, docs[stays].astype(np.uint32), content.values[stays]


def _columns(contents: Sequence[Content], alive: Sequence[Array]) -> dict[str, Array]:
    pairs = list(zip(contents, alive, strict=True))
    made = {
        name: np.concatenate([content.columns[name][lives] for content, lives in pairs])
        for name in contents[0].columns
        if name != "sequence"
    }
    made["sequence"] = np.concatenate(
        [c.columns["sequence"][np.repeat(lives, c.columns["spoken"])] for c, lives in pairs]
    )
    return made


def facet_arrays(content: Content) -> tuple[dict[str, Array], dict[str, list[str]]]:
    """Return what counts the labels of each facet, and the labels' names.

    Where no document bears two labels of a facet there is one code a document, else there are
    codes in the order of the documents, and how many are whose.
    """
    starts = np.concatenate(([0], np.cumsum(content.counts)))
    arrays: dict[str, Array] = {}
    names: dict[str, list[str]] = {}
    for facet in FACETS:
        before = f"{LABEL}{facet}:".encode()
        own = [n for n, term in _between(content.terms, before)]
        names[facet] = [content.terms[n][len(before) :].decode() for n in own]
        spans = [content.docs[starts[n] : starts[n + 1]] for n in own]
        docs = np.concatenate([np.empty(0, np.uint32), *spans])
        codes = np.repeat(np.arange(len(own), dtype=np.uint32), [len(span) for span in spans])
        counts = np.bincount(docs, minlength=content.size).astype(np.uint16)
        if counts.max(initial=0) <= 1:
            arrays[f"{facet}.code"] = np.full(content.size, len(own), np.uint32)
            arrays[f"{facet}.code"][docs] = codes
        else:
            arrays[f"{facet}.codes"] = codes[np.argsort(docs, kind="stable")]
            arrays[f"{facet}.counts"] = counts
    return arrays, names


def _between(terms: list[bytes], prefix: bytes) -> Iterable[tuple[int, bytes]]:
    for number in range(bisect_left(terms, prefix), bisect_left(terms, prefix + b"\xff")):
        yield number, terms[number]
