"""Words as all their spellings share them: small letters, æ as ae, ø as oe, å as aa, é as e."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

#: Letters that have a spelling in the alphabet of a foreign keyboard.
_SPELT = str.maketrans({"æ": "ae", "ä": "ae", "ø": "oe", "ö": "oe", "å": "aa", "ß": "ss"})
#: What stands in a word but is not seen: soft hyphens and joiners.
_UNSEEN = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF))
_LETTER = r"(?:[^\W_][\u0300-\u036f\u00ad\u200b-\u200d\u2060]*)"
#: "pc'en" is the word "pc" with an ending.
_ENDING = r"(?:['’´`](?:en|et|er|ere|erne|ernes|ens|ets|ene|ne|e|r|s|t|re|ll|ve|d|m)\b)?"
TOKEN = re.compile(f"{_LETTER}+{_ENDING}", re.IGNORECASE)
#: Words glued by hyphens: "e-mail", "nød-pc".
HYPHENATED = re.compile(rf"{_LETTER}+(?:[-‐‑]{_LETTER}+)+")
_HYPHEN = re.compile("[-‐‑]")
_APOSTROPHE = re.compile("['’´`]")
#: A longer word is cut: nobody wrote it to be found.
LONGEST_WORD = 60
_CACHED = 65_536


@lru_cache(_CACHED)
def fold(token: str) -> str:
    """Return a token as its spellings share it: "PC'en" gives "pc", "Røntgen" gives "roentgen"."""
    head = _APOSTROPHE.split(token[:LONGEST_WORD], maxsplit=1)[0].translate(_UNSEEN)
    small = unicodedata.normalize("NFKC", head).casefold().translate(_SPELT)
    parts = unicodedata.normalize("NFKD", small)
    return "".join(part for part in parts if part.isalnum())


def spelt(word: str) -> str:
    """Return a folded word as Danes write it: "roentgen" gives "røntgen"."""
    return word.replace("aa", "å").replace("ae", "æ").replace("oe", "ø")


def plain(word: str) -> str:
    """Return a Danish word in small letters as it is folded; the opposite of spelt()."""
    return word.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are written."""
    return TOKEN.findall(text)


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each word of a text begins and ends, and the word as it is written."""
    for match in TOKEN.finditer(text):
        yield match.start(), match.end(), match.group()


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for word in map(fold, TOKEN.findall(text)) if word]


def glued(text: str) -> list[str]:
    """Return what hyphens glue, as one folded word: "e-mail" gives "email"."""
    found = HYPHENATED.findall(text) if "-" in text or "‐" in text or "‑" in text else []
    return ["".join(map(fold, _HYPHEN.split(each)))[:LONGEST_WORD] for each in found]
