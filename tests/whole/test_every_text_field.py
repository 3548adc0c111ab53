"""Whatever stands in a text column, a page shows it as text (T01).

The columns come from the models and the pages from the address map: new ones are tried by
themselves. The markers are written past the verbs, which would clean or refuse them.
"""

import re

import html5lib
import pytest
from sqlalchemy import String, text

from midtlink import markup
from midtlink.extensions import db
from tests.whole.marked_world import World

#: The first fits into an address; the second also leaves the elements that hold plain text.
MARKERS = {
    "attribute": "javascript:'\"><xss-mark onload=x()>",
    "element": "javascript:'\"></textarea></title></option><xss-mark onload=x()>",
}
#: Columns of words that MidtLink chooses itself; a wrong one would only break the page.
CHOSEN = {
    "about_format", "badge", "because", "description_format", "event", "hidden_because", "key",
    "kind", "lane", "language", "reason", "role", "rule", "slug", "source_format", "state",
    "status", "system_slug", "theme", "title_key", "username", "submission_key",
}  # fmt: skip
#: Hashes, and HTML that only markup.py makes: it gets what markup.py makes of the marker.
HASHED, RENDERED = ("_hash", "_digest"), ("html",)
#: Tables whose rows do not change, or are JSON (World writes them); a reason that people do type.
FIXED = {"journal", "settings"}
TYPED = {
    (table, "reason")
    for table in ("suggested_edits", "suspicions", "badge_awards", "own_award_grants")
}

#: Columns that the pages below surely show: the world is as full as it is meant to be.
SHOWN = {
    "people.name", "people.title", "people.phone", "people.email", "people.about_html",
    "departments.name", "sites.name", "systems.name", "systems.status_line", "systems.promise",
    "questions.title", "posts.html", "posts.source", "posts.author_name", "posts.licence",
    "revisions.summary", "revisions.source", "drafts.source", "closures.note", "flags.note",
    "flags.decision", "suggested_edits.summary", "tags.name", "sign_ins.browser",
    "own_awards.name", "own_awards.description", "own_award_grants.reason", "badge_awards.reason",
    "search_synonyms.words", "unfound_searches.words", "saved_searches.query",
    "thanks.message", "suspicions.reason", "hooks.name",
}  # fmt: skip


def text_columns():
    """Every column that holds words somebody could type."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            is_chosen = column.name in CHOSEN and (table.name, column.name) not in TYPED
            is_hash = column.name.endswith(HASHED) or table.name in FIXED
            if isinstance(column.type, String) and not is_chosen and not is_hash:
                yield table.name, column.name


def write_markers(marker):
    """Put the marker, with the name of its column, into every row of every text column."""
    with db.engine.begin() as connection:
        for table, column in text_columns():
            words = f"{marker}{table}.{column}."
            value = markup.render(words) if column.endswith(RENDERED) else words
            statement = f"UPDATE {table} SET {column} = :value || rowid"
            connection.execute(text(statement), {"value": value})
    db.session.expire_all()


def dangers(html):
    """What a browser would run or load on the page, by itself or at a click."""
    for element in html5lib.parse(html, namespaceHTMLElements=False).iter():
        if element.tag == "xss-mark" or (element.tag == "script" and not element.get("src")):
            yield element.tag
        for name, value in element.attrib.items():
            is_address = name in (
                "href",
                "src",
                "action",
                "formaction",
                "data",
                "hx-post",
                "hx-get",
            )
            if name.startswith("on") or name in ("style", "srcdoc"):
                yield f"{element.tag} {name}"
            if is_address and value.strip().lower().startswith(
                ("javascript:", "data:", "vbscript:")
            ):
                yield f"{element.tag} {name}={value}"


@pytest.fixture
def world(cast):
    return World(cast, MARKERS["element"])


@pytest.mark.parametrize("marker", MARKERS.values(), ids=MARKERS.keys())
def test_every_text_field_escapes(app, visit, world, marker):
    for person in world.readers:
        visit.client(person)  # Signed in before the marker is written into the sign-ins too.
    write_markers(marker)
    addresses, found, shown = sorted(set(world.addresses(app))), [], set()
    for person in (None, *world.readers):
        for address in addresses:
            response = visit._open("GET", address, person, follow_redirects=True)
            assert response.status_code < 500, address
            html = response.get_data(as_text=True)
            shown.update(re.findall(r"\b([a-z_]+\.[a-z_]+)\.", html))
            if "xss-mark" in html:
                found += [f"{address}: {danger}" for danger in dangers(html)]
    assert found == []
    assert shown >= SHOWN
