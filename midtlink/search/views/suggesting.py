"""What is found while one types in the header: six threads, and how the words could go on."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from flask import render_template, request
from flask_babel import gettext as _

from midtlink.access import MEMBER, allow, current_person
from midtlink.people.models import Person
from midtlink.search.counting import has_number
from midtlink.search.finding import search_while_typing, suggest_words
from midtlink.search.language import Unfinished, complete, piece_of, unfinished
from midtlink.search.marking import marked_titles
from midtlink.search.naming import names_begun
from midtlink.search.rules import LONGEST_TYPED, TYPED_HITS
from midtlink.search.views.blueprint import language, pages
from midtlink.texts import FORBIDDEN

#: Letters after which an operator is suggested: a single one begins too many words.
LEAST_TYPED = 2
MOST_WORDS = 3


@dataclass(frozen=True)
class Fill:
    """What the field would hold, the piece that is new in it, and what that means."""

    text: str
    piece: str
    says: str = ""


@pages.post("/soeg/imens")
@allow(MEMBER, renews=False)
def while_typing() -> str:
    """Show what the words typed so far find, and what they could become."""
    typed = FORBIDDEN.sub(" ", request.form.get("q", ""))[:LONGEST_TYPED]
    if has_number(typed):
        return render_template("search/fragments/guarded.html")
    person, cursor = current_person(), _cursor(typed)
    results = search_while_typing(_without_bare_operator(typed, cursor), by=person)
    return render_template(
        "search/fragments/typing.html",
        hits=marked_titles(results),
        total=results.total,
        fills=list(islice(_fills(typed, cursor, person), TYPED_HITS)),
    )


def _cursor(typed: str) -> int:
    place = request.form.get("cursor", "")
    known = place.isascii() and place.isdigit() and len(place) < 5
    return min(int(place), len(typed)) if known else len(typed)


def _without_bare_operator(typed: str, cursor: int) -> str:
    """Return the text without an operator that has no value yet: it is no word to look for."""
    piece = unfinished(typed, cursor)
    if piece is None or piece.operator is None or piece.typed:
        return typed
    return typed[: piece.start] + typed[piece.end :]


def _fills(typed: str, cursor: int, person: Person) -> Iterator[Fill]:
    piece = unfinished(typed, cursor)
    if piece is None:
        return
    if piece.operator or len(piece.typed) >= LEAST_TYPED:
        for each in complete(typed, cursor, language()):
            yield Fill(_filled(typed, piece, each.text), each.text, each.says and _(each.says))
    if piece.operator:
        yield from _names(typed, piece, person)
    elif not piece.dash and cursor == len(typed):
        yield from _words(typed, piece, person)


def _names(typed: str, piece: Unfinished, person: Person) -> Iterator[Fill]:
    """Yield the names that the value of an operator could become."""
    operator = piece.operator
    if operator is None:
        return
    for name in names_begun(operator.key, piece.typed.strip('"'), by=person):
        text = piece_of(operator, name.value, language(), dash=piece.dash)
        yield Fill(_filled(typed, piece, text), text, name.words if name.words not in text else "")


def _words(typed: str, piece: Unfinished, person: Person) -> Iterator[Fill]:
    """Yield the words of threads that the last word could become."""
    begun = piece.typed.casefold()
    words = suggest_words(typed, by=person, limit=MOST_WORDS + 1)
    others = [word for word in words if word.casefold() != begun]
    for word in others[:MOST_WORDS]:
        yield Fill(_filled(typed, piece, word), word)


def _filled(typed: str, piece: Unfinished, text: str) -> str:
    """Return the whole text with the piece in its place; after a finished one goes a space."""
    gap = "" if text.endswith(":") else " "
    return f"{typed[: piece.start]}{text}{gap}{typed[piece.end :].lstrip()}"
