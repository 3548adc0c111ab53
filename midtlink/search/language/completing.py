"""What could be meant by the piece that is being typed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from midtlink.search.language.cleaning import ALIKE, LONGEST
from midtlink.search.language.operators import (
    BY_KEY,
    DANISH,
    OPERATORS,
    Operator,
    operator_named,
    spelling,
    spellings,
)
from midtlink.search.language.writing import piece_of

#: The piece before the cursor: no quote or bracket is open before it.
LAST = re.compile(r'(?:^|(?<=[\s(]))(-?)(?:\[([^\[\]]{0,60})|([^\s"\[(-][^\s"\[]{0,39}))$')
REST = re.compile(r'[^\s"\]]{0,80}\]?')


@dataclass(frozen=True)
class Unfinished:
    """The piece at the cursor: what is typed of it, after which operator, and where it stands."""

    start: int
    end: int
    typed: str
    operator: Operator | None = None
    dash: str = ""


@dataclass(frozen=True)
class Suggestion:
    """What could stand from `start` to `end`; `says` is a text to translate, or empty."""

    start: int
    end: int
    text: str
    says: str = ""


def unfinished(text: str, cursor: int) -> Unfinished | None:
    """Return the piece that ends at the cursor; it counts characters, not UTF-16 units."""
    cursor = max(0, min(cursor, len(text), LONGEST))
    before = text[:cursor].translate(_ALIKE_IN_PLACE)
    found = LAST.search(before, max(0, cursor - 80)) if before.count('"') % 2 == 0 else None
    if found is None:
        return None
    rest = REST.match(text, cursor)
    end = rest.end() if rest else cursor
    dash, tag, typed = found.groups()
    if tag is not None:
        return Unfinished(found.start(), end, tag, BY_KEY["tag"], dash)
    name, colon, value = typed.partition(":")
    operator = operator_named(name) if colon else None
    return Unfinished(found.start(), end, value if operator else typed, operator, dash)


def complete(text: str, cursor: int, language: str = DANISH) -> list[Suggestion]:
    """Return the operators or fixed values that the piece at the cursor could become.

    Names of systems, people and so on are found by whoever knows them: see `unfinished`.
    """
    piece = unfinished(text, cursor)
    if piece is None:
        return []
    found = _values(piece, language) if piece.operator else _operators(piece, language)
    return [Suggestion(piece.start, piece.end, each, says) for each, says in found]


def _operators(piece: Unfinished, language: str) -> Iterator[tuple[str, str]]:
    begun = spelling(piece.typed)
    for operator in OPERATORS:
        name = operator.name(language)
        if begun and spelling(name).startswith(begun):
            yield f"{piece.dash}{name}:", operator.says


def _values(piece: Unfinished, language: str) -> Iterator[tuple[str, str]]:
    operator, begun = piece.operator, spelling(piece.typed)
    for choice in operator.choices if operator else ():
        if operator and any(way.startswith(begun) for way in spellings(choice)):
            yield piece_of(operator, choice.key, language, dash=piece.dash), ""


#: Look-alikes of one character each, so that places stay what they are.
_ALIKE_IN_PLACE = {each: alike for each, alike in ALIKE.items() if len(alike) == 1}
