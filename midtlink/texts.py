"""Texts as people type them, made fit to store: trimmed, with one form of newline."""

import re
import unicodedata

from midtlink.refusals import Refused

#: What no text can hold: NUL ends it in PostgreSQL, and a lone surrogate is half a character.
FORBIDDEN = re.compile(r"[\x00\ud800-\udfff]")
LINE_ENDS = re.compile(r"[\r\n\u2028\u2029]+")
#: Categories of characters that show nothing: separators, controls, formats, unassigned.
INVISIBLE = {"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Co"}


def clean_line(typed: str, field: str, *, most: int, least: int = 0) -> str:
    """Return a text of one line, with `least` one that shows something. Raises Refused."""
    return _checked(LINE_ENDS.sub(" ", _clean(typed, field)).strip(), field, most, least)


def clean_body(typed: str, field: str, *, most: int, least: int = 0) -> str:
    """Return a text of several lines, its indentation kept. Raises Refused."""
    lines = _clean(typed, field).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    return _checked(lines.rstrip(), field, most, least)


def isolated(text: str) -> str:
    """Return a text for the middle of a sentence, whose direction it shall leave alone."""
    return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"


def is_blank(text: str) -> bool:
    """Say whether a text shows nothing at all."""
    return all(unicodedata.category(character) in INVISIBLE for character in text)


def _clean(typed: str, field: str) -> str:
    if FORBIDDEN.search(typed):
        raise Refused(field, "controls")
    return typed


def _checked(text: str, field: str, most: int, least: int) -> str:
    if least and is_blank(text):
        raise Refused(field, "blank")
    if len(text) > most:
        raise Refused(field, "too_long", most=most, length=len(text))
    return text
