"""The systems, as administrators keep them."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.forms import Typed
from midtlink.topics import forms
from midtlink.topics.models import System
from midtlink.topics.queries import get_system, list_systems
from midtlink.topics.systems import MOST, Description, described, save_system
from midtlink.topics.views.blueprint import pages

#: The name first: it is the field that a page points at when the guard names none.
FIELDS = (*MOST, "owner")


@pages.get("/administration/systemer")
@allow(ADMINISTRATOR)
def systems() -> str:
    """List all systems, also those that are no longer in use."""
    return render_template("topics/systems.html", systems=list_systems(with_inactive=True))


@pages.get("/administration/systemer/ny")
@allow(ADMINISTRATOR)
def new_system_page() -> str:
    """Ask about a system to add."""
    return _form(None, _known(None))


@pages.post("/administration/systemer/ny")
@allow(ADMINISTRATOR)
def add_system() -> Response | tuple[str, int]:
    """Add a system."""
    return _save(None)


@pages.get("/administration/systemer/<slug>")
@allow(ADMINISTRATOR)
def system_form(slug: str) -> str:
    """Show what is said about a system."""
    system = get_system(slug)
    return _form(system, _known(system))


@pages.post("/administration/systemer/<slug>")
@allow(ADMINISTRATOR)
def change_system(slug: str) -> Response | tuple[str, int]:
    """Change what is said about a system, and whether it is in use."""
    return _save(slug)


def _save(slug: str | None) -> Response | tuple[str, int]:
    typed = forms.read_form(*FIELDS)
    is_active = slug is None or forms.is_ticked("is_active")
    typed.values["is_active"] = "on" if is_active else ""
    about = Description(**{name: typed[name] for name in FIELDS}, is_active=is_active)

    def work() -> System:
        return save_system(_found(slug), about, by=current_person(), not_cpr=typed.not_cpr)

    saved = forms.attempt(typed, work)
    if saved is None:
        return _form(_found(slug), typed), typed.status
    flash(_("%(name)s er gemt.", name=saved.name), "success")
    return redirect(f"/system/{saved.slug}", 303)


def _found(slug: str | None) -> System | None:
    return get_system(slug) if slug else None


def _known(system: System | None) -> Typed:
    about = described(system)
    known = {name: getattr(about, name) for name in FIELDS}
    return Typed(known | {"is_active": "on" if about.is_active else ""})


def _form(system: System | None, typed: Typed) -> str:
    return render_template("topics/system_form.html", system=system, typed=typed)
