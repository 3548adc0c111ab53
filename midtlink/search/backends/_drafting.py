"""From documents to the content of a segment."""

import zlib
from array import array
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from midtlink.search.analysis import normal
from midtlink.search.analysis.chain import Chain
from midtlink.search.backends._arrays import Array
from midtlink.search.backends._content import GRAM, LABEL, TERM, WORD, Content
from midtlink.search.protocol import NUMBERS, PARTS, Document

#: A posting while it is made: the document's number above its value.
_VALUE_BITS = 24
_MOST = 255
#: What stands between the parts of a thread among its hashed words; a word's lower half is never 0.
BETWEEN, HALF, LOW = 0, 16, 0xFFFF


@lru_cache(65_536)
def word_hash(word: str) -> int:
    """Return what stands for a word in a column."""
    number = zlib.crc32(word.encode())
    return number if number & LOW else number | 1


class Draft:
    """Collects documents until there are enough for a segment."""

    def __init__(self, chain: Chain) -> None:
        self._chain = chain
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("Q"))
        self._spelt: dict[str, str] = {}
        self._rows: list[list[int]] = []
        self._sequence: array[int] = array("I")
        self.postings = 0

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, document: Document) -> None:
        """Take a document in."""
        parts = [getattr(document, part) for part in PARTS]
        terms, lengths = self._terms(parts)
        words, spoken = self._words(parts)
        grams = self._chain.title_grams(document.title)
        self._post(TERM, terms)
        self._post(WORD, words)
        self._post(GRAM, {gram: min(number, _MOST) for gram, number in grams.items()})
        self._post(LABEL, dict.fromkeys(document.labels, 1))
        numbers = [int(document.numbers.get(name, 0)) for name in NUMBERS]
        self._rows.append([document.id, document.version, spoken, *lengths, *numbers])

    def _terms(self, parts: list[str]) -> tuple[dict[str, int], list[int]]:
        """Return how often each term stands in each part, a byte a part, and the parts' lengths."""
        found: dict[str, int] = {}
        lengths = []
        for place, text in enumerate(parts):
            counted = self._chain.terms(text)
            lengths.append(counted.total())
            for term, number in counted.items():
                found[term] = found.get(term, 0) | min(number, _MOST) << 8 * place
        return found, lengths

    def _words(self, parts: list[str]) -> tuple[dict[str, int], int]:
        """Return which parts hold each word, a bit a part, and note the words in their order."""
        found: dict[str, int] = {}
        before = len(self._sequence)
        for place, text in enumerate(parts):
            for token in normal.tokens(text):
                word = normal.fold(token)
                if not word:
                    continue
                if word not in found and token != word:
                    self._spelt.setdefault(word, token.lower())
                found[word] = found.get(word, 0) | 1 << place
                self._sequence.append(word_hash(word))
            self._sequence.append(BETWEEN)
        return found, len(self._sequence) - before

    def _post(self, kind: str, values: dict[str, int]) -> None:
        row = len(self._rows) << _VALUE_BITS
        postings = self._postings
        for term, value in values.items():
            postings[kind + term].append(row | value)
        self.postings += len(values)

    def content(self) -> Content:
        """Return what has been collected."""
        order = sorted(self._postings)
        packed = np.frombuffer(b"".join(self._postings[term] for term in order), np.uint64)
        counts = np.array([len(self._postings[term]) for term in order], np.int64)
        return Content(
            terms=[term.encode() for term in order],
            spelt={f"{WORD}{w}".encode(): t.encode() for w, t in self._spelt.items() if w != t},
            counts=counts,
            docs=(packed >> np.uint64(_VALUE_BITS)).astype(np.uint32),
            values=(packed & np.uint64((1 << _VALUE_BITS) - 1)).astype(np.uint32),
            columns=self._columns(),
        )

    def _columns(self) -> dict[str, Array]:
        rows = np.array(self._rows, np.int64).reshape(len(self._rows), -1)
        named = ["id", "version", "spoken", *(f"length.{part}" for part in PARTS), *NUMBERS]
        columns = {name: rows[:, place].copy() for place, name in enumerate(named)}
        columns["sequence"] = np.frombuffer(self._sequence.tobytes(), np.uint32)
        return columns


def drafted(documents: Iterable[Document], chain: Chain) -> Content:
    """Return the content of the documents."""
    draft = Draft(chain)
    for document in documents:
        draft.add(document)
    return draft.content()
