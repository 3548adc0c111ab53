"""The page where one gets the key to one's feeds."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.notifications.feeds import keys
from midtlink.notifications.feeds.rules import MOST_ENTRIES
from midtlink.notifications.views.blueprint import pages
from midtlink.notifications.views.feeds import base_address
from midtlink.people.models import Person
from midtlink.questions.queries.followed import list_followed
from midtlink.settings import queries as settings

HERE = "/mig/feeds"


@pages.get(HERE)
@allow(MEMBER)
def feeds() -> str:
    """Show whether there is a key, and what the feeds hold."""
    return _page()


@pages.post(f"{HERE}/noegle")
@allow(MEMBER)
def make_feed_key() -> str:
    """Make a key, and show the addresses that it stands in: this once."""
    return _page(in_transaction(lambda: keys.make_key(by=current_person())))


@pages.post(f"{HERE}/noegle/afslut")
@allow(MEMBER)
def end_feed_key() -> Response:
    """Let the key open nothing any more."""
    in_transaction(lambda: keys.end_key(by=current_person()))
    flash(_("Dine adresser virker ikke længere."), "success")
    return redirect(HERE, 303)


def _page(token: str = "") -> str:
    person = current_person()
    return render_template(
        "notifications/feeds.html",
        key=keys.key_of(person),
        addresses=_addresses(person, token) if token else [],
        pattern=f"{base_address()}/feed/…/system/epj.xml",
        most=MOST_ENTRIES,
        shows_titles=settings.is_on("mail_shows_titles"),
    )


def _addresses(person: Person, token: str) -> list[tuple[str, str]]:
    """Return the feeds of what the person follows and works in, each with its address."""
    followed = list_followed(person)
    found = [(_("Ubesvarede spørgsmål"), _address("unanswered_feed", token))]
    if person.department is not None:
        found.append((person.department.name, _address("department_feed", token)))
    for system in followed.systems:
        found.append((system.name, _address("system_feed", token, slug=system.key)))
    for tag in followed.tags:
        found.append((tag.name, _address("tag_feed", token, word=tag.key)))
    return found


def _address(endpoint: str, token: str, **values: Any) -> str:
    return base_address() + url_for(f"notifications.{endpoint}", token=token, **values)
