"""Numbers and pure functions of the topics: names of tags and systems, the system a title means."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from midtlink.refusals import Refused
from midtlink.texts import FORBIDDEN, is_blank

MOST_TAGS = 5
LONGEST_TAG = 60
#: Characters of a tag's key; what is folded may be many times as long as the name.
LONGEST_TAG_KEY = 200
LONGEST_EXCERPT = 500
LONGEST_NAME = 80
LONGEST_SLUG = 60
LONGEST_PURPOSE = 500
LONGEST_WORDS = 500
LONGEST_TEAM = 120
LONGEST_PHONE = 40
LONGEST_STATUS = 200
LONGEST_PROMISE = 120
#: A super-user's duty ends by itself after so long.
DUTY_HOURS = 12
#: What answers about a topic have brought whoever is known for it: points, and accepted answers.
KNOWN_POINTS, KNOWN_ACCEPTED = 200, 5
#: A shorter word must stand alone in a title: "it" is not the beginning of "iterationer".
SHORTEST_BEGINNING = 4
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
#: Names that stand in an address as they are; any other tag has its number there.
PLAIN_TAG = re.compile(r"[\w.+#-]*\w[\w.+#-]*")
NUMBERED_TAG = re.compile(r"~([1-9][0-9]{0,9})", re.ASCII)
#: What parts the tags of one field, and is therefore in no name.
BETWEEN_TAGS = re.compile(r"[,;\r\n\u2028\u2029]")


def fold(text: str) -> str:
    """Return the text as look-alikes share it: small letters, æ as ae, é as e."""
    small = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    parts = unicodedata.normalize("NFKD", small)
    return "".join(part for part in parts if not unicodedata.combining(part))


def tag_name(typed: str, field: str = "tags") -> str:
    """Return what was typed as a tag's name: "#Sikker Mail" gives "sikker-mail". Raises Refused.

    Anything that shows is a name. Only its capitals, its spaces and the # before it are lost.
    """
    if FORBIDDEN.search(typed):
        raise Refused(field, "controls")
    if is_blank(typed):
        raise Refused(field, "blank")
    name = plain_tag(typed)
    if BETWEEN_TAGS.search(name):
        raise Refused(field, "several_tags")
    if len(name) > LONGEST_TAG:
        raise Refused(field, "tag_too_long", most=LONGEST_TAG)
    return name


def plain_tag(typed: str) -> str:
    """Return a text as names are written: small, hyphens for spaces, without the # before it."""
    # "İ" is the one letter whose small form has two characters.
    small = typed.replace("İ", "i").lower()
    name = "-".join(re.sub(r"^[\s#]+", "", small).split())
    return "".join(small.split()) if is_blank(name) else name


def tag_key(name: str) -> str:
    """Return what look-alikes of a tag's name share, never empty and never too long to store."""
    folded = fold(name)
    if folded.strip() and len(folded) <= LONGEST_TAG_KEY:
        return folded
    # Nothing folded has capitals, so this is no other name's key.
    return f"SHA256 {hashlib.sha256((folded.strip() or name).encode()).hexdigest()}"


def split_tags(typed: str) -> list[str]:
    """Return the tags of one field, parted by commas, semicolons or lines."""
    return [part.strip() for part in BETWEEN_TAGS.split(typed) if not is_blank(part)]


def tag_word(name: str, tag_id: int) -> str:
    """Return how an address names a tag: by its name, or by its number as in "~12"."""
    return name if PLAIN_TAG.fullmatch(name) else f"~{tag_id}"


def numbered_tag(word: str) -> int | None:
    """Return the number that a word of an address has in place of a tag's name."""
    number = NUMBERED_TAG.fullmatch(word)
    return int(number[1]) if number else None


def slug(name: str, taken: Iterable[str] = ()) -> str:
    """Return a system's name as it stands in its address, unlike those that are taken."""
    words = re.findall(r"[a-z0-9]+", fold(name))
    base = "-".join(words)[: LONGEST_SLUG - 4].strip("-") or "system"
    others, result, number = set(taken), base, 1
    while result in others:
        number += 1
        result = f"{base}-{number}"
    return result


@dataclass(frozen=True)
class Candidate:
    """A system as a title may mean it: its name and, separated by commas, its other words."""

    slug: str
    name: str
    words: str = ""


def suggest(title: str, candidates: Iterable[Candidate]) -> str | None:
    """Return the slug of the system that the title most likely means.

    A word of a system counts its letters, doubled where it stands alone in the title and once
    where a longer word begins with it ("print" in "printeren"). Names break a tie in order.
    """
    said = _words(title)
    scored = [(-_score(said, each), each.name, each.slug) for each in candidates]
    best = min(scored, default=(0, "", ""))
    return best[2] if best[0] < 0 else None


def _score(said: list[str], candidate: Candidate) -> int:
    terms = {tuple(_words(term)) for term in [candidate.name, *candidate.words.split(",")]}
    return sum(_term_score(said, term) for term in terms if term)


def _term_score(said: list[str], term: tuple[str, ...]) -> int:
    letters = sum(map(len, term))
    heard = [said[at : at + len(term)] for at in range(len(said) - len(term) + 1)]
    if list(term) in heard:
        return 2 * letters
    begins = letters >= SHORTEST_BEGINNING and any(_begins(part, term) for part in heard)
    return letters if begins else 0


def _begins(heard: list[str], term: tuple[str, ...]) -> bool:
    return heard[:-1] == list(term[:-1]) and heard[-1].startswith(term[-1])


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))
