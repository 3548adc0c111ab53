"""What administrators do: the way to each of their pages."""

from flask import render_template

from midtlink.access import ADMINISTRATOR, allow
from midtlink.people.views.blueprint import pages


@pages.get("/administration")
@allow(ADMINISTRATOR)
def administration() -> str:
    """Show the way to what administrators look after."""
    return render_template("people/administration.html")
