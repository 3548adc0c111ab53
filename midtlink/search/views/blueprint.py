"""The blueprint that every page group of the search hangs its views on, and its addresses."""

from urllib.parse import urlencode

from flask import Blueprint, request
from flask_babel import get_locale

from midtlink.search.language import Query, text_of

pages = Blueprint("search", __name__)
PATH = "/soeg"


def is_fragment() -> bool:
    """Say whether a script asks, which swaps a part of the page it has."""
    return request.headers.get("HX-Request") == "true"


def language() -> str:
    """Return the language in which operators are written on this page."""
    return str(get_locale())


def address(query: Query, side: int = 1) -> str:
    """Return the address of a query's page of hits."""
    return address_of(text_of(query, language()), side)


def address_of(typed: str, side: int = 1) -> str:
    """Return the address of the hits of a text; put together by hand, for a page has a hundred."""
    turned = {"side": side} if side > 1 else {}
    return f"{PATH}?{urlencode({'q': typed, **turned}, safe=':')}"
