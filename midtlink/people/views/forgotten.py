"""A new password by mail, for who is not signed in."""

from flask import render_template, request

from midtlink.access import ANYONE, allow
from midtlink.events import in_transaction
from midtlink.notifications.mail import configuration
from midtlink.people.forgotten import ask_for_link
from midtlink.people.views.blueprint import pages

HERE = "/glemt-adgangskode"


@pages.get(HERE)
@allow(ANYONE, renews=False)
def forgotten_page() -> str:
    """Ask for a username, or name IT's phone where no mail is sent."""
    return _page(is_asked=False)


@pages.post(HERE)
@allow(ANYONE, renews=False)
def ask_by_mail() -> str:
    """Send a link to the address that is stored; the answer is the same for everybody."""
    typed = request.form.get("username", "")
    if configuration.is_on():
        in_transaction(lambda: ask_for_link(typed))
    return _page(is_asked=True)


def _page(*, is_asked: bool) -> str:
    return render_template(
        "people/forgotten.html", is_mail_on=configuration.is_on(), is_asked=is_asked
    )
