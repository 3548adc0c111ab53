"""Read text as groups of digits and the gaps between them.

What a reader does not see (zero-width characters) or sees as emphasis (Markdown marks, inline HTML)
does not part two groups; everything else gives the gap its kind.
"""

import html
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

NOTHING, MARK, DASH, SPACE, DOT, SLASH, OTHER = "", "mark", "-", " ", ".", "/", "other"
SOFT = {SPACE, DOT, SLASH}
PLAIN_GAPS = {DASH, SPACE, DOT, SLASH}

# The digits of a percent escape (%28 in a web address) are not digits of a number.
SIGN = r"(?<!%(?=[2-7][\da-f]))(?<!%[2-7])[\d⁰¹²³⁴-⁹₀-₉⓪①-⑨]"
A_DIGIT = rf"(?:{SIGN}|&#(?:0{{0,4}}(?:4[89]|5[0-7])|x0{{0,4}}3\d);)"
DASHES = r"\-\u058a\u05be\u2010-\u2015\u2043\u207b\u208b\u2212\u2e3a\u2e3b\u30fc\ufe58\ufe63\uff0d"
UNSEEN = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
# A block tag (td, li, p) is absent on purpose: it ends a number as a paragraph does.
INLINE_TAG = (
    r"</?(?:a|abbr|b|big|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span"
    r"|strike|strong|sub|sup|tt|u|var|wbr)(?:\s[^<>]{0,300})?/?>|<!--[^<>]{0,300}-->"
)
LINK_TARGET = r"\]\([^()\s]{0,300}\)"
ESCAPE = r"\\(?=[!-/:-@\[-`{-~\n])"
A_MARK = rf"(?:{INLINE_TAG}|{LINK_TARGET}|{ESCAPE}|[*_~`\"'“”’()\[\]{{}}])"
ESCAPED = r"&(?:[a-z]{2,8}|#\w{2,6});|%[2-9a-f][\da-f]"
A_GAP = rf"(?:{A_MARK}|<br\s?/?>|{ESCAPED}|[{DASHES}{UNSEEN}\s./>])"

TRAIN = re.compile(rf"{A_DIGIT}(?:{A_GAP}{{0,16}}{A_DIGIT}){{9,}}", re.IGNORECASE)
# Gaps are read whole, so that the digits of an entity or a link's target stay in the gap.
RUN_OR_GAP = re.compile(rf"(?P<run>{A_DIGIT}+)|{A_GAP}", re.IGNORECASE)
UNSEEN_RUN = re.compile(rf"[{UNSEEN}]+")
MARKS = re.compile(A_MARK, re.IGNORECASE)
# The next line of a quote begins with its mark.
LINE_END = re.compile(r"[^\S\n]*(?:<br\s?/?>|\n)(?:[^\S\n]|>)*", re.IGNORECASE)
KINDS = {
    DASH: re.compile(rf"\s{{0,3}}[{DASHES}]{{1,3}}\s{{0,3}}"),
    SPACE: re.compile(r"[^\S\n]{1,4}"),
    DOT: re.compile(r"[^\S\n]?\.[^\S\n]?"),
    SLASH: re.compile(r"[^\S\n]?/[^\S\n]?"),
}


class Group(NamedTuple):
    """Digits without a seen gap inside, and the kind of gap before them."""

    digits: str
    start: int
    end: int
    gap: str


def read_trains(text: str) -> Iterator[list[list[Group]]]:
    """Yield each stretch of at least ten digits as its groups, in one reading or two.

    In the first reading marks join (`0101**90**-1234`); in the second they part, so that a number
    is not lost by touching another one (`**1**0101901234`).
    """
    for train in TRAIN.finditer(text):
        groups = _split(text, train.start(), train.end())
        readings = [_join(groups, {NOTHING, MARK})]
        if any(group.gap == MARK for group in groups):
            readings.append(_join(groups, {NOTHING}))
        yield readings


def _split(text: str, start: int, end: int) -> list[Group]:
    groups: list[Group] = []
    last = start
    for piece in RUN_OR_GAP.finditer(text, start, end):
        if piece["run"]:
            gap = _kind(text[last : piece.start()]) if groups else OTHER
            groups.append(Group(_plain_digits(piece["run"]), piece.start(), piece.end(), gap))
            last = piece.end()
    return groups


def _join(groups: list[Group], joining: set[str]) -> list[Group]:
    joined: list[list[Group]] = []
    for group in groups:
        if joined and group.gap in joining:
            joined[-1].append(group)
        else:
            joined.append([group])
    return [
        Group("".join(part.digits for part in parts), parts[0].start, parts[-1].end, parts[0].gap)
        for parts in joined
    ]


def _plain_digits(run: str) -> str:
    if run.isascii() and run.isdigit():
        return run
    return "".join(str(unicodedata.digit(sign)) for sign in html.unescape(run))


def _kind(gap: str) -> str:
    if gap in PLAIN_GAPS:
        return gap
    seen = UNSEEN_RUN.sub("", unquote(html.unescape(gap)))
    if not seen:
        return NOTHING
    seen = MARKS.sub("", seen)
    if not seen:
        return MARK
    seen = LINE_END.sub("\n", seen)
    return next((kind for kind, shape in KINDS.items() if shape.fullmatch(seen)), OTHER)
