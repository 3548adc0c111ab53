"""A one-time link: looking at it uses nothing up, sending a password does."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ANYONE, NotFound, allow
from midtlink.people import links
from midtlink.people.forms import words
from midtlink.people.views.blueprint import pages
from midtlink.refusals import Refused
from midtlink.settings import queries as settings


@pages.get("/adgang/<token>")
@allow(ANYONE, renews=False)
def password_link(token: str) -> str | tuple[str, int]:
    """Ask for the new password, or say that the link is dead."""
    link = links.find_link(token)
    return _form(token, link.person.username) if link else _dead()


@pages.post("/adgang/<token>")
@allow(ANYONE, renews=False)
def use_password_link(token: str) -> Response | str | tuple[str, int]:
    """Set the password, and go to sign-in."""
    link = links.find_link(token)
    if link is None:
        return _dead()
    username, new = link.person.username, request.form.get("password", "")
    if new != request.form.get("again", ""):
        return _form(token, username, {"again": _("De to adgangskoder er ikke ens.")}), 400
    try:
        links.use_link(token, new)
    except NotFound:
        return _dead()
    except Refused as refusal:
        return _form(token, username, {refusal.field: words(refusal)}), 400
    flash(_("Din adgangskode er gemt. Nu kan du logge ind."), "success")
    return redirect("/log-ind", 303)


def _form(token: str, username: str, errors: dict[str, str] | None = None) -> str:
    return render_template(
        "people/password_link.html",
        token=token,
        username=username,
        least=settings.number("shortest_password"),
        errors=errors or {},
    )


def _dead() -> tuple[str, int]:
    return render_template("people/dead_link.html"), 404
