"""Turn Markdown and imported HTML into clean HTML: the only module that names bleach.

Markdown is read with raw HTML off, so that tags show as text. Both sources then pass one short
list of tags and attributes. Headings become h3 and h4, below the page's own; a picture becomes a
link to it, because no page loads from another host.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from bleach.html5lib_shim import Filter  # type: ignore[attr-defined]
from bleach.sanitizer import Cleaner
from markdown_it import MarkdownIt
from markdown_it.token import Token

from midtlink.mentions import MARK, Mentions, install

# Raise it when the same source would give other HTML: `midtlink markup rebuild` compares.
CLEANER_VERSION = 1

BODY_LIMIT = 40_000
DEPTH_LIMIT = 40
LINKS_PER_BODY = 200
# Bounds for time, far above what a person types: parsing slows with the number of elements, and
# with each bracket that no other closes.
ELEMENTS_PER_BODY = 4_000
OPEN_BRACKETS_PER_BODY = 1_000
UNCOUNTED_TOKENS = {"text", "text_special", "inline", "softbreak", "hardbreak"}

HEADINGS = {"h1": "h3", "h2": "h3", "h3": "h4", "h4": "h4", "h5": "h4", "h6": "h4"}
SYNONYMS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
TEXT_TAGS = {"br", "strong", "em", "del", "sup", "sub", "kbd", "code", "a"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ALLOWED_TAGS = frozenset(
    {"p", "hr", "h3", "h4", "pre", "blockquote", "ul", "ol", "li"} | TEXT_TAGS | TABLE_TAGS
)
ALLOWED_SCHEMES = frozenset({"http", "https", "mailto"})
# Never nested by a browser, or closed by the next of their kind.
UNNESTED_TAGS = {"p", "li", "br", "hr", "img", "tr", "th", "td", "thead", "tbody"}
NESTING_TAGS = (ALLOWED_TAGS | HEADINGS.keys() | SYNONYMS.keys()) - UNNESTED_TAGS
BLOCK_TAGS = ALLOWED_TAGS - TEXT_TAGS | {"br"}
#: The mentions of a text that names nobody.
NOBODY: Mapping[str, str] = MappingProxyType({})
OUTWARD_REL = "nofollow noopener noreferrer"

CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")
UNSEEN_IN_ADDRESS = re.compile(r"[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")
#: A tag of clean HTML, whose texts hold no bare "<".
TAG = re.compile(r"""</?([a-zA-Z][a-zA-Z0-9]*)(?:[^<>"']|"[^"]*"|'[^']*')*>""")
A_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")


class TextTooLarge(ValueError):
    """A text is too long, nested too deep, or holds too many links."""


def render(
    source: str,
    *,
    source_format: str = "markdown",
    limit: int = BODY_LIMIT,
    mentions: Mapping[str, str] = NOBODY,
) -> str:
    """Return clean HTML for Markdown, or for imported HTML when `source_format` is "html".

    `limit` is in characters; the number of links allowed grows with it. `mentions` are the words
    of Markdown, as typed after an @, that become links, and their paths. Raises TextTooLarge.
    """
    source = _prepared(source, limit)
    if source_format == "markdown":
        parser, tokens = _parse_markdown(source, limit, Mentions(mentions))
        made = str(parser.renderer.render(tokens, parser.options, {}))
        return _clean(made, lower_headings=True, has_mentions=bool(mentions))
    _check_html(source, limit)
    return clean(_clean(source, lower_headings=True))


def mentioned(source: str, *, limit: int = BODY_LIMIT) -> list[tuple[str, ...]]:
    """Return the words after an @ in Markdown, outside code and links, each as it can be read.

    The readings of "@jonas." are "jonas." and "jonas". Raises TextTooLarge.
    """
    if "@" not in source:
        return []
    mentions = Mentions()
    _parse_markdown(_prepared(source, limit), limit, mentions)
    return list(dict.fromkeys(mentions.found))


def clean(html_text: str) -> str:
    """Return HTML that the list allows, stable when cleaned or parsed again."""
    for _ in range(5):
        cleaned = _clean(html_text)
        if cleaned == html_text:
            return cleaned
        html_text = cleaned
    return f"<p>{html.escape(plain_text(html_text))}</p>"


def plain_text(html_text: str) -> str:
    """Return what a reader sees in clean HTML on one line, for previews and search."""
    text = TAG.sub(lambda tag: " " if tag[1].lower() in BLOCK_TAGS else "", html_text)
    return " ".join(html.unescape(text).split())


def excerpt(html_text: str, length: int) -> str:
    """Return the beginning of the visible text, cut after a word, at most `length` characters."""
    text = plain_text(html_text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    if not text[length - 1].isspace() and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,.;:–-") + "…"


def build_parser(
    *, breaks: bool = True, extensions: bool = True, linkify: bool = True
) -> MarkdownIt:
    """Make a CommonMark parser with raw HTML off; ours adds tables, ~~strikethrough~~, links."""
    parser = MarkdownIt(
        "commonmark",
        {
            "html": False,
            "breaks": breaks,
            "linkify": extensions and linkify,
            # Deeper text would be dropped. Ours goes further, so that the depth can be refused.
            "maxNesting": DEPTH_LIMIT + 10,
        },
    )
    # Every address is parsed; _is_allowed_address judges it afterwards, so that no text is lost.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    if extensions and parser.linkify:
        parser.enable(["table", "strikethrough", "linkify"])
        # "slut.Se" is a missing space, not a Swedish host.
        parser.linkify.set({"fuzzy_link": False})
    if extensions:
        install(parser)
    return parser


_shared_parser = cache(build_parser)


def _prepared(source: str, limit: int) -> str:
    if len(source) > limit:
        raise TextTooLarge(f"{len(source)} characters, {limit} allowed")
    return CONTROLS.sub("", source.replace("\x0b", " ").replace("\x0c", " "))


def _parse_markdown(source: str, limit: int, mentions: Mentions) -> tuple[MarkdownIt, list[Token]]:
    if source.count("[") - source.count("]") > OPEN_BRACKETS_PER_BODY:
        raise TextTooLarge("too many brackets that nothing closes")
    # Finding bare addresses takes quadratic time in their number. Beyond the limit they stay text.
    bare_addresses = source.count("://") + source.count("@")
    parser = _shared_parser(linkify=bare_addresses <= LINKS_PER_BODY)
    tokens = parser.parse(source, {MARK: mentions})
    size = _Size()
    for token in _walk(tokens):
        if token.markup == MARK:
            continue  # These have a limit of their own.
        size.links += token.type in {"link_open", "image"}
        size.elements += token.nesting >= 0 and token.type not in UNCOUNTED_TOKENS
        size.depth = max(size.depth, token.level)
    size.check(limit)
    return parser, tokens


def _walk(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()


def _check_html(source: str, limit: int) -> None:
    """Refuse depth before parsing: the parser's time grows with the square of it."""
    open_tags: Counter[str] = Counter()
    size, depth = _Size(), 0
    for closing, name in A_TAG.findall(source):
        name = name.lower()
        size.elements += 1
        size.links += not closing and name in {"a", "img"}
        if name in NESTING_TAGS and (not closing or open_tags[name]):
            step = -1 if closing else 1
            open_tags[name] += step
            depth += step
            size.depth = max(size.depth, depth)
    size.elements //= 2
    size.check(limit)


@dataclass
class _Size:
    links: int = 0
    elements: int = 0
    depth: int = 0

    def check(self, limit: int) -> None:
        bodies = limit / BODY_LIMIT
        if self.depth > DEPTH_LIMIT:
            raise TextTooLarge(f"nested {self.depth} deep, {DEPTH_LIMIT} allowed")
        if self.links > LINKS_PER_BODY * bodies:
            raise TextTooLarge(f"{self.links} links, {LINKS_PER_BODY * bodies:.0f} allowed")
        if self.elements > ELEMENTS_PER_BODY * bodies:
            raise TextTooLarge(f"{self.elements} elements, too many")


def _clean(html_text: str, *, lower_headings: bool = False, has_mentions: bool = False) -> str:
    # One cleaner a call: bleach's parser has state and is not safe between threads.
    renamed = SYNONYMS | (HEADINGS if lower_headings else {})
    return Cleaner(
        tags=ALLOWED_TAGS | {"img"} | renamed.keys(),
        attributes=partial(_is_allowed_attribute, has_mentions=has_mentions),
        protocols=ALLOWED_SCHEMES,
        strip=True,
        strip_comments=True,
        filters=[partial(_Renaming, names=renamed), _Links],
    ).clean(html_text)


def _is_allowed_attribute(tag: str, name: str, value: str, *, has_mentions: bool) -> bool:
    if (tag, name) in {("a", "href"), ("img", "src")}:
        return _is_allowed_address(value)
    if (tag, name) == ("ol", "start"):
        return value.isascii() and value.isdigit() and len(value) < 10
    if (tag, name) == ("a", "class"):
        return has_mentions and value == MARK
    return (tag, name) in {("a", "title"), ("img", "alt"), ("img", "title")}


def _is_allowed_address(address: str) -> bool:
    """Judge an address as a browser reads it, and as one would that decodes it once more."""
    once = html.unescape(address)
    return _is_allowed_when_read(once) and _is_allowed_when_read(html.unescape(once))


def _is_allowed_when_read(address: str) -> bool:
    """Allow http, https, mailto and our own paths."""
    seen = UNSEEN_IN_ADDRESS.sub("", address).lower().replace("\\", "/")
    if seen.startswith("/"):
        return not seen.startswith("//")
    try:
        return urlsplit(seen).scheme in ALLOWED_SCHEMES
    except ValueError:
        return False


class _Renaming(Filter):  # type: ignore[misc]
    """Give headings the levels below the page's own, and each meaning one tag."""

    def __init__(self, source: Any, names: dict[str, str]) -> None:
        super().__init__(source)
        self.names = names

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for token in super().__iter__():
            if token.get("name") in self.names:
                token["name"] = self.names[token["name"]]
            yield token


class _Links(Filter):  # type: ignore[misc]
    """Make pictures links, mark links that lead out, and drop links that lead nowhere."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        kept: list[bool] = []
        for token in super().__iter__():
            if token.get("name") == "img":
                yield from _picture_as_link(token, inside_link=any(kept))
            elif token.get("name") != "a":
                yield token
            elif token["type"] == "EndTag":
                if kept.pop():
                    yield token
            else:
                kept.append((None, "href") in token["data"] and not any(kept))
                if kept[-1]:
                    yield _outward(token)


def _picture_as_link(token: dict[str, Any], *, inside_link: bool) -> Iterator[dict[str, Any]]:
    attributes = token["data"]
    address = attributes.get((None, "src"), "")
    text = html.unescape(attributes.get((None, "alt")) or address)
    words = {"type": "Characters", "data": text}
    if inside_link or not address:
        yield words
        return
    data = {(None, "href"): address}
    if title := attributes.get((None, "title")):
        data[None, "title"] = title
    opening = {"type": "StartTag", "name": "a", "namespace": None, "data": data}
    yield _outward(opening)
    yield words
    yield {"type": "EndTag", "name": "a", "namespace": None, "data": {}}


def _outward(token: dict[str, Any]) -> dict[str, Any]:
    address = UNSEEN_IN_ADDRESS.sub("", html.unescape(token["data"][None, "href"])).lower()
    if address.startswith("http"):
        token["data"][None, "rel"] = OUTWARD_REL
    return token
