"""Saved searches: “Gem søgningen”, and the page where they are."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response

from midtlink import clock, forms
from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.pages import redirect_back
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused
from midtlink.search.language import parse, text_of, with_operator
from midtlink.search.models import SavedSearch
from midtlink.search.queries import get_saved_search, list_saved_searches
from midtlink.search.saved.saving import drop_search, open_search, save_search, watch_search
from midtlink.search.views.blueprint import language, pages


@pages.get("/soegninger")
@allow(MEMBER)
def saved_searches() -> str:
    """List the searches that the person keeps."""
    return render_template("search/saved.html", searches=list_saved_searches(by=current_person()))


@pages.post("/soegninger")
@allow(MEMBER)
def save() -> Response:
    """Keep a search; also the way to take back that one was dropped."""
    query, is_watched = request.form.get("q", ""), forms.is_ticked("is_watched")
    try:
        in_transaction(lambda: save_search(query, is_watched=is_watched, by=current_person()))
        flash(_("Søgningen er gemt under Mine søgninger."), "success")
    except Refused as refused:
        flash(_refusal(refused), "error")
    except PatientDataFound:
        flash(_("I søgningen står et tal, der ligner et CPR-nummer. Den er ikke gemt."), "error")
    return redirect_back(url_for("search.saved_searches"))


@pages.post("/soegninger/<id:saved_search_id>/besked")
@allow(MEMBER)
def watch(saved_search_id: int) -> Response:
    """Be told of new hits, or no longer."""
    wanted = forms.is_wanted()
    _with(saved_search_id, lambda saved: watch_search(saved, wanted, by=current_person()))
    told = _("Du får besked på forsiden, når der er nyt.")
    flash(told if wanted else _("Du får ikke længere besked."), "success")
    return redirect(url_for("search.saved_searches"), 303)


@pages.post("/soegninger/<id:saved_search_id>/aabning")
@allow(MEMBER)
def open_saved(saved_search_id: int) -> Response:
    """Run a search; where something is new, for what has changed since it was last seen."""

    def work(saved: SavedSearch) -> str:
        found = _address(saved)
        open_search(saved, by=current_person())
        return found

    return redirect(_with(saved_search_id, work), 303)


@pages.post("/soegninger/<id:saved_search_id>/sletning")
@allow(MEMBER)
def drop(saved_search_id: int) -> Response:
    """Keep a search no longer; the message offers to take that back."""

    def work(saved: SavedSearch) -> dict[str, str]:
        fields = {"q": saved.query} | ({"is_watched": "on"} if saved.is_watched else {})
        drop_search(saved, by=current_person())
        return fields

    fields = _with(saved_search_id, work)
    undo: Any = {
        "text": _("Søgningen er slettet."),
        "action": url_for("search.save"),
        "fields": fields,
        "label": pgettext("undo", "Fortryd"),
    }
    flash(undo, "success")
    return redirect(url_for("search.saved_searches"), 303)


def _with(saved_search_id: int, work: Callable[[SavedSearch], Any]) -> Any:
    """Do something to one of the person's searches, in a transaction."""
    return in_transaction(lambda: work(get_saved_search(saved_search_id, seen_by=current_person())))


def _address(saved: SavedSearch) -> str:
    query = parse(saved.query)
    if saved.new_count and "active" not in query.periods:
        seen_on = saved.seen_at.astimezone(clock.HOSPITAL_TIME).date()
        query = with_operator(query, "active", f">={seen_on}")
        return url_for("search.search_page", q=text_of(query, language()))
    return url_for("search.search_page", q=saved.query)


def _refusal(refused: Refused) -> str:
    match refused.code:
        case "too_many":
            most = refused.facts["most"]
            return _("Du har gemt %(most)s søgninger. Slet en, før du gemmer flere.", most=most)
        case "too_long":
            most = refused.facts["most"]
            return _(
                "Søgningen er for lang til at gemme. Der er plads til %(most)s tegn.", most=most
            )
        case _:
            return _("Der er ingen søgning at gemme. Søg efter noget først.")
