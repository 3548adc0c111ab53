"""The forms of the words in words/: "etiketten" and "etiketter" are forms of "etiket"."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from midtlink.search.analysis.normal import fold, spelt

WORDS = Path(__file__).parent / "words"
#: Endings of nouns and adjectives, of verbs, and of nouns made of verbs.
_NOUN = ("s", "en", "ens", "et", "ets", "er", "ers", "erne", "ernes", "e", "ene", "enes", "est")
_AFTER_E = ("n", "ns", "t", "ts", "r", "rs", "rne", "rnes", "ne", "s")
_VERB = ("", "e", "er", "ede", "et", "es", "edes", "ende", "te", "t", "tes", "ene")
_VOWELS = "aeiouyæøå"
ADJECTIVES = "adjectives.txt"
LISTS = ("verbs.txt", "nouns-hospital.txt", "nouns-office.txt", ADJECTIVES, "short.txt")
#: Shorter adjectives whose adverb is another word stay without it: "ført" is of "føre".
_SHORTEST_ADJECTIVE = 4
#: Adverbs that cannot be anything else: "voldsomt", "brugbart", "aktivt".
_ADVERBS = ("somt", "bart", "ivt", "igt")
_SHORTEST_ADVERB = 6


def read_lines(name: str) -> list[list[str]]:
    """Return the words of each line of a file in words/, folded, without its comments."""
    lines = (WORDS / name).read_text("utf-8").splitlines()
    rows = ([fold(word) for word in line.split()] for line in lines if not line.startswith("#"))
    return [row for row in rows if row]


def read_words(name: str) -> list[str]:
    """Return all words of a file in words/, folded."""
    return [word for line in read_lines(name) for word in line]


def read_phrases(name: str) -> list[list[str]]:
    """Return the entries of each line of a file in words/, parted by commas."""
    lines = (WORDS / name).read_text("utf-8").splitlines()
    rows = (line.split(",") for line in lines if not line.startswith("#"))
    return [[entry.strip() for entry in row] for row in rows if len(row) > 1]


def read_pairs(name: str) -> list[list[str]]:
    """Return each entry before a colon with each one after it; those of one side are no pair."""
    lines = (WORDS / name).read_text("utf-8").splitlines()
    sides = (line.split(":") for line in lines if ":" in line and not line.startswith("#"))
    return [
        [first.strip(), second.strip()]
        for firsts, seconds in sides
        for first in firsts.split(",")
        for second in seconds.split(",")
    ]


@cache
def own_words() -> frozenset[str]:
    """Return the simple words that MidtLink brings along, folded."""
    return frozenset(word for name in LISTS for word in read_words(name))


@cache
def short_words() -> frozenset[str]:
    """Return the words of two or three letters that may be part of a compound."""
    return frozenset(read_words("short.txt"))


def base_of(stem: Callable[[str], str]) -> dict[str, str]:
    """Return the stem of each form: its word if that is a stem, else what most forms have."""
    found: dict[str, str] = {}
    for base, forms in _families():
        stems = Counter(map(stem, forms))
        common = base if base in stems else max(stems, key=lambda each: (stems[each], each))
        for form in forms:
            found.setdefault(form, common)
    return found


def _families() -> Iterator[tuple[str, list[str]]]:
    """Yield each word with its forms. A form that is itself a word belongs to that one."""
    own = own_words()
    adjectives = {w for w in read_words(ADJECTIVES) if len(spelt(w)) >= _SHORTEST_ADJECTIVE}
    for base, *forms in read_lines("forms.txt"):
        yield base, [base, *forms]
    # Longest first: "printerne" are printers, not prints.
    for base in sorted(own, key=lambda each: (-len(each), each)):
        forms = [*_inflected(base), *([f"{base}t"] if base in adjectives else [])]
        yield base, [base, *(form for form in forms if form not in own)]


def adjective(word: str) -> str:
    """Return the adjective of a folded adverb, or the word: "voldsom" of "voldsomt"."""
    is_adverb = len(word) >= _SHORTEST_ADVERB and word.endswith(_ADVERBS)
    return word.removesuffix("t") if is_adverb else word


def _inflected(base: str) -> Iterable[str]:
    root = base[:-1] if base.endswith("e") else base
    doubled = base + base[-1] if _ends_short(base) else base
    endings = (root + ending for ending in _VERB) if base.endswith("e") else ()
    after_e = (base + ending for ending in _AFTER_E) if base.endswith("e") else ()
    after_er = (base + ending for ending in ("ne", "nes") if base.endswith("er"))
    plain = (base + ending for ending in _NOUN if not base.endswith("e"))
    long = (doubled + ending for ending in _NOUN[1:] if doubled != base)
    return dict.fromkeys([*endings, *after_e, *after_er, *plain, *long])


def _ends_short(base: str) -> bool:
    """Say whether a last consonant may be doubled: "etiket", "rum"."""
    return len(base) > 2 and base[-1] not in _VOWELS and base[-2] in _VOWELS
