"""What the forms of a word share, in Danish and in English."""

import threading
from collections.abc import Iterable
from functools import cache, lru_cache

import Stemmer

from midtlink.search.analysis.forms import adjective, base_of, read_words
from midtlink.search.analysis.normal import plain, spelt

DANISH, ENGLISH, UNSURE = "danish", "english", "unsure"
_CACHED = 65_536

DANISH_STOPS = frozenset(read_words("stops-danish.txt"))
ENGLISH_STOPS = frozenset(read_words("stops-english.txt"))
STOPS = DANISH_STOPS | ENGLISH_STOPS
#: Words that tell the languages apart.
_ONLY_DANISH, _ONLY_ENGLISH = DANISH_STOPS - ENGLISH_STOPS, ENGLISH_STOPS - DANISH_STOPS


class _Stemmers(threading.local):
    """A stemmer keeps state between calls, so each thread has its own."""

    def __init__(self) -> None:
        # What they return is cached here, after folding.
        self.danish = Stemmer.Stemmer("danish", 0)
        self.english = Stemmer.Stemmer("english", 0)


_stemmers = _Stemmers()


def language_of(words: Iterable[str]) -> str:
    """Return the language that most of the small words of a text belong to, or UNSURE."""
    heard = list(words)
    danish_words = sum(word in _ONLY_DANISH for word in heard)
    english_words = sum(word in _ONLY_ENGLISH for word in heard)
    if danish_words > 2 * english_words:
        return DANISH
    return ENGLISH if english_words > 2 * danish_words else UNSURE


def stems(word: str, language: str = UNSURE) -> tuple[str, ...]:
    """Return the stems of a folded word: one, or two where the language is unsure."""
    if language == DANISH:
        return (danish(word),)
    if language == ENGLISH:
        return (english(word),)
    return tuple(dict.fromkeys((danish(word), english(word))))


@lru_cache(_CACHED)
def danish(word: str) -> str:
    """Return the Danish stem of a folded word, folded."""
    known = known_forms()
    return known.get(word) or known.get(root := adjective(word)) or snowball(root)


@lru_cache(_CACHED)
def english(word: str) -> str:
    """Return the English stem of a folded word."""
    return str(_stemmers.english.stemWord(word)) or word


def snowball(word: str) -> str:
    """Return what the Danish rules leave of a folded word."""
    return plain(_stemmers.danish.stemWord(spelt(word))) or word


@cache
def known_forms() -> dict[str, str]:
    """Return the stem of every form of our own words."""
    return base_of(snowball)
