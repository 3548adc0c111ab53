"""Feeds for a feed reader, which shows a key in the address."""

import hashlib
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Response as FlaskResponse
from flask import current_app, request, url_for
from flask_babel import force_locale
from werkzeug.http import http_date
from werkzeug.wrappers import Response

from midtlink.access import ANYONE, NotFound, allow
from midtlink.notifications.feeds import atom, keys, wording
from midtlink.notifications.feeds.gathering import Place, Source, gather
from midtlink.notifications.views.blueprint import pages
from midtlink.people.models import Person
from midtlink.questions.queries.known_tags import known_to
from midtlink.topics.queries import get_system, get_tag

FEED = "/feed/<token>"
#: A reader asks each time, so that what is hidden leaves at once; the address is told nobody.
HEADERS = {
    "Cache-Control": "private, no-cache",
    "X-Robots-Tag": "noindex, nofollow",
    "Referrer-Policy": "no-referrer",
}


@pages.get(f"{FEED}/tag/<word>.xml")
@allow(ANYONE, renews=False)
def tag_feed(token: str, word: str) -> Response:
    """Give the newest questions with a tag."""

    def source(person: Person) -> Source:
        tag = get_tag(word, among=known_to(person))
        page = url_for("topics.tag", word=tag.word)
        return Source(which=f"tag:{tag.id}", title=wording.about_title(tag.name), page=page)

    return _feed(token, source)


@pages.get(f"{FEED}/system/<slug>.xml")
@allow(ANYONE, renews=False)
def system_feed(token: str, slug: str) -> Response:
    """Give the newest questions about a system."""

    def source(_person: Person) -> Source:
        system = get_system(slug)
        title, page = wording.about_title(system.name), f"/system/{system.slug}"
        return Source(which=f"system:{system.id}", title=title, page=page)

    return _feed(token, source)


@pages.get(f"{FEED}/ubesvarede.xml")
@allow(ANYONE, renews=False)
def unanswered_feed(token: str) -> Response:
    """Give the newest questions that nobody has answered."""
    page = "/spoergsmaal?vis=ubesvarede"
    title = wording.unanswered_title
    return _feed(token, lambda _person: Source(which="unanswered", title=title(), page=page))


@pages.get(f"{FEED}/afdeling.xml")
@allow(ANYONE, renews=False)
def department_feed(token: str) -> Response:
    """Give the newest questions of the department where the key's person works."""

    def source(person: Person) -> Source:
        if person.department is None:
            raise NotFound("department")
        title = wording.department_title(person.department.name)
        return Source(which="department", title=title, page="/spoergsmaal?vis=afdeling")

    return _feed(token, source)


def _feed(token: str, find_source: Callable[[Person], Source]) -> Response:
    """Answer with a feed. The key alone says who asks: no cookie is looked at."""
    key = keys.find_key(token)
    if key is None:
        raise NotFound("key")
    base = base_address()
    place = Place(base, urlsplit(base).hostname or "localhost")
    with force_locale(key.person.language):
        feed = gather(find_source(key.person), key, place, _here(base))
    return _answer(feed)


def _answer(feed: atom.Feed) -> Response:
    """Send the feed, or a word where it is the one that the reader has.

    Only the ETag decides: a question that was hidden leaves no moment behind, so a reader that
    asks by the time alone gets the whole feed.
    """
    content = atom.rendered(feed)
    etag = hashlib.sha256(content).hexdigest()[:32]
    is_known = request.if_none_match.contains_weak(etag)
    response = FlaskResponse(b"" if is_known else content, 304 if is_known else 200)
    response.headers.update(HEADERS)
    response.headers["Content-Type"] = atom.MEDIA_TYPE
    response.headers["Last-Modified"] = http_date(feed.updated)
    response.set_etag(etag)
    response.is_feed = True  # type: ignore[attr-defined]
    return response


def _here(base: str) -> str:
    """Return the address that was asked for, as a feed may write it."""
    return base + url_for(str(request.endpoint), **(request.view_args or {}))


def base_address() -> str:
    """Return where MidtLink is, without a slash at the end."""
    return str(current_app.config["BASE_URL"] or request.host_url).rstrip("/")
