"""One's own page: what colleagues read about one, how MidtLink looks, where one is signed in."""

from flask import render_template

from midtlink.access import MEMBER, allow
from midtlink.people.views.blueprint import pages


@pages.get("/mig")
@allow(MEMBER)
def me() -> str:
    """Show what one can change about oneself."""
    return render_template("people/me.html")


@pages.get("/mig/log-ind")
@allow(MEMBER)
def sign_ins() -> str:
    """List where one is signed in."""
    return render_template("people/sign_ins.html")
