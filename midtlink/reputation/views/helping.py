"""Who helps: the departments of the week, and the bridge builders of the month."""

from flask import render_template
from flask_babel import format_date

from midtlink.access import MEMBER, allow
from midtlink.reputation.leaderboards import (
    SMALLEST_DEPARTMENT,
    bridge_builders,
    helping_departments,
    month_began,
)
from midtlink.reputation.views.blueprint import pages
from midtlink.settings import queries as settings


@pages.get("/hjaelpere")
@allow(MEMBER)
def helpers() -> str | tuple[str, int]:
    """Show who helps; where points are switched off there is no such page, and it says so."""
    if not settings.is_on("points_are_on"):
        return render_template("reputation/helpers_off.html"), 404
    return render_template(
        "reputation/helpers.html",
        departments=helping_departments(),
        smallest=SMALLEST_DEPARTMENT,
        builders=bridge_builders(),
        month=format_date(month_began(), "MMMM"),
    )
