"""A query as text again, in the words of either language."""

import re
from collections.abc import Iterator

from midtlink.search.language.numbers import bounds_texts
from midtlink.search.language.operators import (
    BY_KEY,
    CHOICE,
    DANISH,
    NAME,
    OPERATORS,
    Operator,
)
from midtlink.search.language.query import Query
from midtlink.search.language.times import period_texts
from midtlink.search.protocol import RELEVANCE

#: A name that needs no quotes.
PLAIN = re.compile(r"\w(?:[\w.@+&/-]*\w)?")


def text_of(query: Query, language: str = DANISH) -> str:
    """Return a text that says the same: parse(text_of(query)) == query."""
    return " ".join([*_text_pieces(query), *_filter_pieces(query, language)])


def piece_of(operator: Operator, value: str, language: str = DANISH, *, dash: str = "") -> str:
    """Return a filter as it is typed; `value` is a key of the choices, a name, or text."""
    if operator.key == "tag" and not re.search(r"[\[\]]", value):
        return f"{dash}[{value}]"
    named = {choice.key: choice.name(language) for choice in operator.choices}
    text = named.get(value, value)
    if operator.kind == NAME and not PLAIN.fullmatch(text):
        text = f'"{text}"'
    return f"{dash}{operator.name(language)}:{text}"


def _text_pieces(query: Query) -> Iterator[str]:
    yield from query.words
    yield from (f'"{phrase}"' for phrase in query.phrases)
    yield from (f"{prefix}*" for prefix in query.prefixes)
    yield from (f"-{word}" for word in query.without)
    yield from (f'-"{phrase}"' for phrase in query.without_phrases)
    yield from (each for each in query.ignored if each.startswith("-"))


def _filter_pieces(query: Query, language: str) -> Iterator[str]:
    for operator in OPERATORS:
        if operator.kind in (NAME, CHOICE):
            yield from _list_pieces(query, operator, language)
        else:
            values = _values(query, operator.key, language)
            yield from (f"{operator.name(language)}:{value}" for value in values)
    if query.order != RELEVANCE:
        yield piece_of(BY_KEY["order"], query.order, language)


def _list_pieces(query: Query, operator: Operator, language: str) -> Iterator[str]:
    for value in getattr(query, operator.field):
        yield piece_of(operator, value, language)
    for value in getattr(query, operator.without, ()):
        yield piece_of(operator, value, language, dash="-")


def _values(query: Query, key: str, language: str) -> Iterator[str]:
    if key in query.numbers:
        yield from bounds_texts(query.numbers[key])
    if key in query.periods:
        yield from period_texts(query.periods[key], language)
