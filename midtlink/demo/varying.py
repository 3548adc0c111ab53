"""Variants of the written threads, for load: other people, other places and numbers.

The words that change stand the same in the Markdown and in its HTML, so that a variant's HTML is
made by the same change and not rendered again (tests/demo/test_varying.py compares).
"""

import re
from dataclasses import replace
from functools import cache

from midtlink import guarding
from midtlink.demo.scenes import ThreadScene
from midtlink.demo.written import WrittenThread, read_threads

DAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
MONTHS = ("januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
          "oktober", "november", "december")  # fmt: skip
PLACES = ("ambulatoriet", "sengeafsnittet", "dagafsnittet", "modtageafsnittet", "daghospitalet")
CYCLES = (DAYS, MONTHS, PLACES)
NUMBERED = "stue|rum|vogn|bakke|uge|skuffe|bygning|pc|printer|nr."
VARYING = re.compile(
    rf"\b({'|'.join(word for words in CYCLES for word in words)})\b"
    rf"|(?<=\b)({NUMBERED.replace('.', chr(92) + '.')}) (\d{{1,2}})\b(?![.,]\d)"
    r"|\b(\d{1,2}) (patienter|sider|gange|minutter|timer|mails|etiketter)\b"
)


def vary(scene: ThreadScene, number: int) -> ThreadScene:
    """Change the words of a scene in place, and say in its title where the variant happened."""
    change = _change(number)
    ward = f"{'ABCDEFGH'[number % 8]}{number // 8 % 9 + 1}"
    scene.title = f"{VARYING.sub(change, scene.title)} ({ward})"
    guarding.check({"title": scene.title})
    for post, _ in scene.posts():
        post.source = VARYING.sub(change, post.source)
        post.html = VARYING.sub(change, post.html)
        guarding.check({"source": post.source})
    return scene


def written_for(number: int) -> WrittenThread:
    """Return the written thread that a variant is made from, under a key of its own."""
    threads = read_threads()
    written = threads[number * 7 % len(threads)]
    return replace(written, key=f"{written.key}~{number}", duplicate_of="")


@cache
def _cycle(word: str) -> tuple[str, ...]:
    return next(words for words in CYCLES if word in words)


class _Change:
    """Replaces each match as the variant's number says, the same for the same words."""

    def __init__(self, number: int) -> None:
        self.number = number

    def __call__(self, match: re.Match[str]) -> str:
        word, noun, noun_number, count, unit = match.groups()
        if word:
            words = _cycle(word)
            return words[(words.index(word) + self.number) % len(words)]
        if noun:
            return f"{noun} {(int(noun_number) + self.number) % 24 + 1}"
        return f"{(int(count) + self.number) % 40 + 2} {unit}"


def _change(number: int) -> _Change:
    return _Change(number)
