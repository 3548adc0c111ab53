"""Sites and departments, as administrators look after them."""

from typing import TypeVar

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, NotFound, allow, current_person
from midtlink.extensions import db
from midtlink.people import forms
from midtlink.people.forms import Typed
from midtlink.people.models import Department, Site
from midtlink.people.organising import list_departments, list_sites, save_department, save_site
from midtlink.people.rules import ID
from midtlink.people.views.blueprint import pages
from midtlink.refusals import BadInput

Place = TypeVar("Place", Site, Department)

DEPARTMENTS = "/administration/afdelinger"
SITES = "/administration/matrikler"


@pages.get(DEPARTMENTS)
@allow(ADMINISTRATOR)
def departments() -> str:
    """List sites and departments."""
    return render_template("people/places.html", departments=list_departments(), sites=list_sites())


@pages.get(f"{DEPARTMENTS}/ny")
@pages.get(f"{DEPARTMENTS}/<{ID}:place_id>")
@allow(ADMINISTRATOR)
def department_form(place_id: int | None = None) -> str:
    """Ask for a department's name and site."""
    known = _get(Department, place_id)
    values = {"name": known.name, "site": str(known.site_id or "")} if known else {}
    return _form(Typed(values), known, _choices())


@pages.post(f"{DEPARTMENTS}/ny")
@pages.post(f"{DEPARTMENTS}/<{ID}:place_id>")
@allow(ADMINISTRATOR)
def save_department_form(place_id: int | None = None) -> Response | tuple[str, int]:
    """Add, rename or move a department."""
    typed = forms.read_form("name", "site")

    def work() -> bool:
        department, site = _get(Department, place_id), _site(typed["site"])
        save_department(department, typed["name"], site, by=current_person(), not_cpr=typed.not_cpr)
        return True

    if not forms.attempt(typed, work):
        return _form(typed, _get(Department, place_id), _choices()), typed.status
    return _saved()


@pages.get(f"{SITES}/ny")
@pages.get(f"{SITES}/<{ID}:place_id>")
@allow(ADMINISTRATOR)
def site_form(place_id: int | None = None) -> str:
    """Ask for a site's name."""
    known = _get(Site, place_id)
    return _form(Typed({"name": known.name} if known else {}), known, None)


@pages.post(f"{SITES}/ny")
@pages.post(f"{SITES}/<{ID}:place_id>")
@allow(ADMINISTRATOR)
def save_site_form(place_id: int | None = None) -> Response | tuple[str, int]:
    """Add or rename a site."""
    typed = forms.read_form("name")

    def work() -> bool:
        site = _get(Site, place_id)
        save_site(site, typed["name"], by=current_person(), not_cpr=typed.not_cpr)
        return True

    if not forms.attempt(typed, work):
        return _form(typed, _get(Site, place_id), None), typed.status
    return _saved()


def _get(kind: type[Place], place_id: int | None) -> Place | None:
    """Return the place with the id, None for a new one. Raises NotFound."""
    if place_id is None:
        return None
    place = db.session.get(kind, place_id)
    if place is None:
        raise NotFound(place_id)
    return place


def _site(typed: str) -> Site | None:
    known: dict[str, Site | None] = {str(site.id): site for site in list_sites()}
    if typed not in known | {"": None}:
        raise BadInput("site")
    return known.get(typed)


def _saved() -> Response:
    flash(_("Det er gemt."), "success")
    return redirect(DEPARTMENTS, 303)


def _choices() -> list[tuple[int, str]]:
    return [(site.id, site.name) for site in list_sites()]


def _form(
    typed: Typed, place: Site | Department | None, sites: list[tuple[int, str]] | None
) -> str:
    return render_template("people/place.html", typed=typed, place=place, sites=sites)
