"""What was searched for and not found: for those who can answer it."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, NotAllowed, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import flash_undo, is_wanted
from midtlink.people.models import Person
from midtlink.search.models import Unfound
from midtlink.search.policy import may_see_unfound
from midtlink.search.settling import (
    DISMISSED,
    count_unfound,
    get_unfound,
    list_unfound,
    reopen,
    settle,
)
from midtlink.search.views.blueprint import pages
from midtlink.topics.models import System
from midtlink.topics.queries import get_system


@dataclass(frozen=True, kw_only=True)
class UnfoundPage:
    """Words that were not found, and the systems that some of them are about."""

    rows: list[Unfound]
    system: System | None
    #: Address, words, whether it is chosen, and how many wait.
    tabs: list[tuple[str, str, bool, int]]


@pages.get("/soegt")
@allow(MEMBER)
def unfound() -> str:
    """List what waits, all of it or of one system."""
    person = _enter()
    slug = request.args.get("system", "")
    system = get_system(slug) if slug else None
    rows = list(list_unfound(for_=person, system=system))
    page = UnfoundPage(rows=rows, system=system, tabs=_tabs(system))
    return render_template("search/unfound.html", page=page)


@pages.post("/soegt/<id:unfound_id>/irrelevant")
@allow(MEMBER)
def dismiss(unfound_id: int) -> Response:
    """Say that nobody needs to be found by these words, or take that back: as the form wants it."""
    person, wanted = _enter(), is_wanted()
    in_transaction(lambda: _dismiss(get_unfound(unfound_id, seen_by=person), wanted))
    here = url_for("search.unfound")
    if wanted:
        again = url_for("search.dismiss", unfound_id=unfound_id)
        flash_undo(_("Søgningen er fjernet fra listen."), again, wanted="off")
    else:
        flash(_("Søgningen er på listen igen."), "success")
    return redirect(here, 303)


def _enter() -> Person:
    person: Person = current_person()
    if not may_see_unfound(person):
        raise NotAllowed(person, "see", "unfound searches")
    return person


def _dismiss(row: Unfound, is_dismissed: bool) -> None:
    if is_dismissed:
        settle(row, DISMISSED, by=current_person())
    else:
        reopen(row, by=current_person())


def _tabs(chosen: System | None) -> list[tuple[str, str, bool, int]]:
    counts = count_unfound()
    here = url_for("search.unfound")
    tabs = [(here, _("Alle"), chosen is None, sum(counts.values()))]
    for system, number in counts.items():
        if system:
            address = url_for("search.unfound", system=system.slug)
            tabs.append((address, system.name, system is chosen, number))
    return tabs
