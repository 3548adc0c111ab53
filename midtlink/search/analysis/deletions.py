"""Words looked up by what is left of their beginnings when letters are left out.

A slip and the word that was meant leave the same where each loses as many letters as are wrong
(symmetric deletion). One array holds it: a seventh of what a dictionary of strings takes.
"""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

#: Letters of a word that count, and how many of them may be left out.
PREFIX, LEFT_OUT = 7, 2
#: Letters that stand in one of two words only: a wrong letter makes two of them.
MOST_OTHERS = 4
_FACTOR, _BITS, _WIDTH = 0x01000193, 0xFFFFFFFF, 32

Numbers = NDArray[np.uint64]


class Deletions:
    """Says which words of a list may be meant by another; what it says is to be verified."""

    def __init__(self, words: Sequence[str]) -> None:
        self._letters = np.array([_letters(word) for word in words], np.uint32)
        #: The key of all that each word leaves, above the word's number.
        self._left = _left(words)

    def near(self, word: str, left_out: int = LEFT_OUT) -> list[int]:
        """Return the numbers of the words that leave the same, at that many letters or fewer."""
        head = word[:PREFIX]
        rows = (row for row in _rows(len(head)) if len(row) >= len(head) - left_out)
        keys = {_key([ord(head[at]) for at in row]) << _WIDTH for row in rows}
        least = np.array(sorted(keys), np.uint64)
        starts = np.searchsorted(self._left, least)
        ends = np.searchsorted(self._left, least | np.uint64(_BITS), "right")
        spans = [self._left[a:z] for a, z in zip(starts, ends, strict=True) if a < z]
        if not spans:
            return []
        found = np.unique(np.concatenate(spans).astype(np.uint32))
        others = np.bitwise_count(self._letters[found] ^ np.uint32(_letters(word)))
        near: list[int] = found[others <= MOST_OTHERS].tolist()
        return near


def _letters(word: str) -> int:
    """Return which letters stand in a word, a bit each."""
    bits = 0
    for letter in word:
        bits |= 1 << ord(letter) % _WIDTH
    return bits


def _left(words: Sequence[str]) -> Numbers:
    """Return what each word leaves, in order, made in the room that it takes in the end."""
    lengths = np.array([min(len(word), PREFIX) for word in words], np.int64)
    heads = np.array([word[:PREFIX] for word in words], f"<U{PREFIX}")
    letters = heads.view(np.uint32).reshape(len(words), PREFIX)
    each = np.array([len(_rows(length)) for length in range(PREFIX + 1)])
    left = np.empty(int(each[lengths].sum()), np.uint64)
    end = 0
    for length in set(lengths.tolist()):
        numbers = np.flatnonzero(lengths == length)
        for row in _rows(length):
            keys = np.zeros(len(numbers), np.uint32)
            for at in row:
                keys = keys * np.uint32(_FACTOR) + letters[numbers, at]
            start, end = end, end + len(numbers)
            left[start:end] = keys
            left[start:end] <<= np.uint64(_WIDTH)
            left[start:end] |= numbers.astype(np.uint64)
    left.sort()
    return left


def _key(letters: Sequence[int]) -> int:
    key = 0
    for letter in letters:
        key = (key * _FACTOR + letter) & _BITS
    return key


@cache
def _rows(length: int) -> list[tuple[int, ...]]:
    """Return which letters stay, for each way of leaving some out."""
    fewest = max(length - LEFT_OUT, min(length, 1))
    return [row for size in range(fewest, length + 1) for row in combinations(range(length), size)]
