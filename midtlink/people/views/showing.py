"""What others see of one's points: three boxes on one's own page, or one press."""

from flask import flash, redirect
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.pages import redirect_back
from midtlink.people import forms
from midtlink.people.showing import choose_showing
from midtlink.people.views.blueprint import pages

#: What a person shows or hides, each a box on the page.
SHOWING = ("hides_points", "is_listed", "shows_expertise")


@pages.post("/mig/synlighed")
@allow(MEMBER)
def save_showing() -> Response:
    """Save who sees one's points, and what one is known for."""
    chosen = {name: forms.is_ticked(name) for name in SHOWING}

    def work() -> None:
        person = current_person()
        choose_showing(person, **chosen, by=person)

    in_transaction(work)
    flash(_("Dine valg er gemt."), "success")
    return redirect("/mig", 303)


@pages.post("/mig/skjul-point")
@allow(MEMBER)
def hide_points() -> Response:
    """Hide one's points from everybody else, or show them again."""
    wanted = forms.is_wanted()

    def work() -> None:
        person = current_person()
        choose_showing(person, hides_points=wanted, by=person)

    in_transaction(work)
    flash(
        _("Nu er det kun dig, der ser dine point.")
        if wanted
        else _("Kolleger kan se dine point igen."),
        "success",
    )
    return redirect_back("/mig")
