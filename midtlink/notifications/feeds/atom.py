"""Atom 1.0 (RFC 4287): a feed as the bytes that a feed reader is given."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, SubElement, tostring

NAMESPACE = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
#: What XML 1.0 cannot hold, not even escaped (production 2, Char).
FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A question in a feed. No text of a post stands in it."""

    id: str
    title: str
    #: The language of the title.
    language: str
    address: str
    published: datetime
    updated: datetime


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed: what it is called, where it stands, and its entries, the newest first."""

    id: str
    title: str
    language: str
    author: str
    #: Where the feed itself is, and the page that shows people the same.
    address: str
    page: str
    updated: datetime
    entries: Sequence[Entry]


def rendered(feed: Feed) -> bytes:
    """Return the feed as XML in UTF-8."""
    root = Element("feed", {"xmlns": NAMESPACE, "xml:lang": feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    _text(root, "updated", _moment(feed.updated))
    _text(SubElement(root, "author"), "name", feed.author)
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": feed.address})
    SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.page})
    _text(root, "generator", "MidtLink")
    for entry in feed.entries:
        _add(root, entry)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _add(root: Element, entry: Entry) -> None:
    element = SubElement(root, "entry")
    _text(element, "id", entry.id)
    title = _text(element, "title", entry.title)
    if entry.language != root.get("xml:lang"):
        title.set("xml:lang", entry.language)
    SubElement(element, "link", {"rel": "alternate", "type": "text/html", "href": entry.address})
    _text(element, "published", _moment(entry.published))
    _text(element, "updated", _moment(entry.updated))


def _text(parent: Element, name: str, text: str) -> Element:
    element = SubElement(parent, name)
    element.text = FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    return element


def _moment(value: datetime) -> str:
    """Return a moment as RFC 3339 writes it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z"
