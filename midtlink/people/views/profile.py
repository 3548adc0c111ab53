"""A colleague's page."""

from flask import render_template

from midtlink.access import MEMBER, allow
from midtlink.people import queries
from midtlink.people.views.blueprint import pages


@pages.get("/p/<username>")
@allow(MEMBER)
def profile(username: str) -> str:
    """Show who a colleague is."""
    return render_template("people/profile.html", person=queries.get_person(username))
