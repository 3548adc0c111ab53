"""The journal's page, for administrators."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for

from midtlink.access import ADMINISTRATOR, allow
from midtlink.audit.models import JournalEntry
from midtlink.audit.queries import list_acts, list_entries
from midtlink.audit.views.wording import act_words, fact_words
from midtlink.paging import read_cursor
from midtlink.people.queries import find_person, names_of

pages = Blueprint("audit", __name__)


@pages.get("/administration/journal")
@allow(ADMINISTRATOR)
def journal() -> str:
    """Show who did what, the newest first."""
    acts = list_acts()
    act, username = request.args.get("act", ""), request.args.get("person", "").strip()
    person = find_person(username) if username else None
    found = None
    if (not act or act in acts) and (not username or person):
        cursor = read_cursor(request.args.get("efter"))
        found = list_entries(act=act, by_id=person.id if person else None, cursor=cursor)
    entries = found.rows if found else []
    return render_template(
        "audit/journal.html",
        entries=entries,
        names=names_of(_people_named_by(entries)),
        acts=[(each, act_words(each)) for each in acts],
        act=act,
        username=username,
        older=_older(found.next_cursor if found else None, act, username),
        act_words=act_words,
        fact_words=fact_words,
    )


def _people_named_by(entries: Sequence[JournalEntry]) -> set[int]:
    ids = {entry.by_id for entry in entries} | {entry.facts.get("person_id") for entry in entries}
    return {each for each in ids if isinstance(each, int)}


def _older(cursor: str | None, act: str, username: str) -> str | None:
    if cursor is None:
        return None
    chosen: dict[str, Any] = {"act": act, "person": username, "efter": cursor}
    return url_for("audit.journal", **{key: value for key, value in chosen.items() if value})
