"""The verb behind a noun: "bestilling" and "bestille", "udskrivelse" and "udskrive"."""

from collections.abc import Callable

#: How nouns are made of verbs; the first verb that is known wins.
_ENDINGS = (
    ("ningerne", "ningers", "ninger", "ningens", "ningen", "nings", "ning"),
    ("ingerne", "ingers", "inger", "ingens", "ingen", "ings", "ing"),
    ("elserne", "elsers", "elser", "elsens", "elsen", "elses", "else"),
)
_SHORTEST_ROOT = 3


def verb_of(word: str, is_known: Callable[[str], bool]) -> str:
    """Return the infinitive that a folded noun is made of, folded, or nothing."""
    for endings in _ENDINGS:
        for ending in endings:
            root = word.removesuffix(ending)
            if root != word and len(root) >= _SHORTEST_ROOT and is_known(root + "e"):
                return root + "e"
    return ""
