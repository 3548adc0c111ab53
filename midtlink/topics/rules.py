"""Numbers and pure functions of the topics: names of tags and systems, the system a title means."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from midtlink.refusals import Refused

MOST_TAGS = 5
LONGEST_TAG = 40
LONGEST_EXCERPT = 500
LONGEST_NAME = 80
LONGEST_SLUG = 60
LONGEST_PURPOSE = 500
LONGEST_WORDS = 500
LONGEST_TEAM = 120
LONGEST_PHONE = 40
LONGEST_STATUS = 200
LONGEST_PROMISE = 120
#: A shorter word must stand alone in a title: "it" is not the beginning of "iterationer".
SHORTEST_BEGINNING = 4
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})
TAG = re.compile(r"[\w.+#-]*\w[\w.+#-]*")
BETWEEN_TAGS = re.compile(r"[,;\n]")


def fold(text: str) -> str:
    """Return the text as look-alikes share it: small letters, æ as ae, é as e."""
    small = unicodedata.normalize("NFKC", text).casefold().translate(LETTERS)
    parts = unicodedata.normalize("NFKD", small)
    return "".join(part for part in parts if not unicodedata.combining(part))


def tag_name(typed: str, field: str = "tags") -> str:
    """Return what was typed as a tag's name: "#Sikker Mail" gives "sikker-mail". Raises Refused."""
    words = unicodedata.normalize("NFKC", typed).lower().split()
    name = "-".join(words).lstrip("#")
    if not TAG.fullmatch(name):
        raise Refused(field, "bad_tag", name=typed[:LONGEST_TAG])
    if len(name) > LONGEST_TAG:
        raise Refused(field, "tag_too_long", most=LONGEST_TAG, name=name[:LONGEST_TAG])
    return name


def split_tags(typed: str) -> list[str]:
    """Return the tags of one field, parted by commas, semicolons or lines."""
    return [part.strip() for part in BETWEEN_TAGS.split(typed) if part.strip()]


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
