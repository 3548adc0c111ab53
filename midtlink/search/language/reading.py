"""The parser: whatever is typed says something, if only words."""

import re

from midtlink.search.language.cleaning import clean
from midtlink.search.language.collecting import LONGEST_WORD, Collected
from midtlink.search.language.operators import BY_KEY, operator_named
from midtlink.search.language.query import Query

#: Each way to begin is tried once at a place, and what fails has been looked at once: linear.
#: A quote that ends a chunk is an inch or a slip, unless the chunk asks for more.
PIECE = re.compile(
    r"""
    (?P<dashes>-*)
    (?: "(?P<phrase>[^"]*)"
      | \[(?P<tag>[^\[\]"]*)\]
      | (?P<name>\w[^\s":]{0,19}):"(?P<value>[^"]*)"
      | (?P<chunk>\w[^\s"]*)(?:(?<![:=(])")?
    )
    | -+ | .
    """,
    re.VERBOSE | re.DOTALL,
)
#: What ends a sentence or a bracket, not a word.
AFTER_WORDS = ".,;!?)]}"
PREFIX = re.compile(r"(\w{2,})\*+")


def parse(text: str) -> Query:
    """Return what a text asks for. Never raises, and takes time in proportion to the text."""
    collected = Collected()
    _read_all(clean(text), collected)
    return collected.query()


def _read_all(text: str, collected: Collected) -> None:
    for found in PIECE.finditer(text):
        _read(found, collected)


def _read(found: re.Match[str], collected: Collected) -> None:
    # Two dashes begin an option of a program, not a negation.
    is_negated = found["dashes"] == "-"
    if found["phrase"] is not None:
        _read_phrase(found["phrase"], collected, is_negated=is_negated)
    elif found["tag"] is not None:
        collected.add(BY_KEY["tag"], found["tag"], is_negated=is_negated)
    elif found["name"]:
        _read_quoted(found["name"], found["value"], collected, is_negated=is_negated)
    elif found["chunk"]:
        _read_chunk(found["chunk"], collected, is_negated=is_negated)


def _read_phrase(phrase: str, collected: Collected, *, is_negated: bool) -> None:
    collected.add_text("without_phrases" if is_negated else "phrases", phrase)


def _read_quoted(name: str, value: str, collected: Collected, *, is_negated: bool) -> None:
    """Read afdeling:"akut kirurgi"; what is not understood is read as if without its quotes."""
    operator = operator_named(name)
    if operator is None:
        _read_chunk(name, collected, is_negated=is_negated)
        _read_phrase(value, collected, is_negated=is_negated)
    elif not collected.add(operator, value, is_negated=is_negated):
        dash = "-" if is_negated else ""
        _read_all(f"{dash}{name}:{value.strip()}", collected)


def _read_chunk(typed: str, collected: Collected, *, is_negated: bool) -> None:
    chunk = typed.rstrip(AFTER_WORDS)
    name, colon, value = chunk.partition(":")
    operator = operator_named(name) if colon else None
    if operator is None:
        _read_word(chunk, collected, is_negated=is_negated)
    elif any(
        collected.add(operator, each, is_negated=is_negated)
        for each in (_open_range(typed), value)
        if each is not None
    ):
        return
    elif len(chunk) > LONGEST_WORD:
        _read_word(name, collected, is_negated=is_negated)
    elif is_negated:
        collected.add_filter("ignored", f"-{chunk}")
    else:
        collected.add_text("words", chunk)


def _open_range(typed: str) -> str | None:
    """Return the value of score:3.. with its dots, which end no sentence."""
    value = typed.partition(":")[2].rstrip(AFTER_WORDS.replace(".", ""))
    return value if value.endswith("..") else None


def _read_word(chunk: str, collected: Collected, *, is_negated: bool) -> None:
    prefix = PREFIX.fullmatch(chunk[:LONGEST_WORD])
    word = chunk[:LONGEST_WORD].rstrip(f"*{AFTER_WORDS}")
    if prefix and is_negated:
        collected.add_filter("ignored", f"-{prefix[1]}*")
    elif prefix:
        collected.add_text("prefixes", prefix[1])
    else:
        collected.add_text("without" if is_negated else "words", word)
