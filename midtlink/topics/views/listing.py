"""The list of questions that stands on the page of a system or a tag."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _

from midtlink.access import NotFound, current_person
from midtlink.paging import Slice
from midtlink.questions.models import SOLVED, UNANSWERED, Question
from midtlink.questions.queries.by_topic import list_about

STATUS = {"nyeste": None, "ubesvarede": UNANSWERED, "loest": SOLVED}


@dataclass(frozen=True)
class Listing:
    """Tabs, one page of questions, and the way to the next one and back."""

    shown: str
    tabs: list[tuple[str, str, bool]]
    questions: Slice[Question]
    older: str | None
    newest: str | None


def listing(endpoint: str, address: dict[str, Any], **about: int) -> Listing:
    """Return the list that the address asks for: `vis` names a tab, `efter` is a cursor."""
    shown, cursor = request.args.get("vis", "nyeste"), request.args.get("efter")
    if shown not in STATUS:
        raise NotFound(shown)
    reader = current_person()
    questions = list_about(seen_by=reader, **about, status=STATUS[shown], cursor=cursor)
    words = {"nyeste": _("Nyeste"), "ubesvarede": _("Ubesvarede"), "loest": _("Løste")}
    here = {key: url_for(endpoint, **address, vis=key) for key in words}
    following = questions.next_cursor
    return Listing(
        shown,
        [(here[key], words[key], key == shown) for key in words],
        questions,
        url_for(endpoint, **address, vis=shown, efter=following) if following else None,
        here[shown] if cursor else None,
    )
