"""How far a word is from the one that was meant: slips of ear and finger cost less than others."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise, permutations

#: What a letter too many, too few or wrong costs, and two neighbours in the wrong order.
EDIT, SWAPPED = 1.0, 0.7
#: One of two equal letters, one that is not heard, and a vowel that is hardly heard.
DOUBLED, SILENT, FAINT = 0.4, 0.5, 0.8
#: Letters that sound alike, that lie side by side on a keyboard, and any vowel for another.
ALIKE, BESIDE, VOWEL = 0.5, 0.8, 0.8
#: A wrong first letter costs this more: people know how a word begins.
AT_START = 0.3

_VOWELS = "aeiouyæøå"
_ALIKE = {
    "c": "ks", "g": "kj", "t": "d", "p": "b", "s": "z", "v": "fw", "i": "jye", "q": "k",
    "æ": "ea", "ø": "oeyu", "å": "oa", "u": "y", "o": "ua",
}  # fmt: skip
_KEYS = ("qwertyuiopå", "asdfghjklæø", "zxcvbnm")
#: Letters that are not heard behind, and before, another: "mand", "hvid".
_UNHEARD_BEHIND = frozenset(("nd", "ld", "rd", "ds", "ng", "vg", "dt", "gt"))
_UNHEARD_BEFORE = frozenset(("hv", "hj", "dt", "ds", "ch", "gn"))
#: Two letters for one.
_PAIRS = frozenset((("x", "ks"), ("x", "cs"), ("f", "ph"), ("k", "ck"), ("j", "dj")))


def _wrong_letters() -> dict[str, float]:
    """Return what one letter for another costs, where that is less than any."""
    costs = {a + b: VOWEL for a, b in permutations(_VOWELS, 2)}
    beside = [a + b for row in _KEYS for a, b in pairwise(row)]
    beside += [a + b for row, lower in pairwise(_KEYS) for a, b in zip(row, lower, strict=False)]
    alike = [letter + other for letter, others in _ALIKE.items() for other in others]
    for pairs, cost in ((beside, BESIDE), (alike, ALIKE)):
        for pair in pairs:
            costs[pair] = costs[pair[::-1]] = cost
    return costs


_WRONG = _wrong_letters()


def distance(typed: str, meant: str, most: float) -> float:
    """Return what it costs to make one word, as it is spelt, of the other; inf beyond `most`."""
    cost = 0.0 if typed[:1] == meant[:1] else AT_START
    start, end = _alike(typed, meant)
    added, left_out = (_omissions(word)[start : len(word) - end] for word in (typed, meant))
    cost += _between(
        typed[start : len(typed) - end], meant[start : len(meant) - end], added, left_out, most
    )
    return cost if cost <= most else math.inf


def _alike(typed: str, meant: str) -> tuple[int, int]:
    """Return how many letters are the same at the start and at the end."""
    room, start, end = min(len(typed), len(meant)), 0, 0
    while start < room and typed[start] == meant[start]:
        start += 1
    while end < room - start and typed[-1 - end] == meant[-1 - end]:
        end += 1
    return start, end


def _between(
    typed: str, meant: str, added: Sequence[float], left_out: Sequence[float], most: float
) -> float:
    """Return the cheapest way from one word to the other, row by row (Damerau, Levenshtein)."""
    older, before, row = [0.0], [0.0], [0.0, *accumulate(left_out)]
    for place, letter in enumerate(typed):
        older, before, row = before, row, [row[0] + added[place]]
        for at, other in enumerate(meant):
            cost = before[at]
            if letter != other:
                cost += _WRONG.get(letter + other, EDIT)
                if at and place and letter == meant[at - 1] and other == typed[place - 1]:
                    cost = min(cost, older[at - 1] + SWAPPED)
                if at and (letter, meant[at - 1 : at + 1]) in _PAIRS:
                    cost = min(cost, before[at - 1] + ALIKE)
                if place and (other, typed[place - 1 : place + 1]) in _PAIRS:
                    cost = min(cost, older[at] + ALIKE)
            row.append(min(cost, before[at + 1] + added[place], row[at] + left_out[at]))
        if min(row) > most and min(before) > most:
            return math.inf
    return row[-1]


@lru_cache(4_096)
def _omissions(word: str) -> tuple[float, ...]:
    """Return what it costs to leave out each letter."""
    return tuple(
        _omission(letter, word[at - 1] if at else "", word[at + 1 : at + 2])
        for at, letter in enumerate(word)
    )


def _omission(letter: str, before: str, behind: str) -> float:
    if letter in (before, behind):
        return DOUBLED
    if before + letter in _UNHEARD_BEHIND or letter + behind in _UNHEARD_BEFORE:
        return SILENT
    if letter == "r" and before in _VOWELS and behind not in _VOWELS:
        return SILENT
    return FAINT if letter in "eh" else EDIT
