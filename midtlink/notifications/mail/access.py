"""Links to choose a password, by mail: made when the mail is sent, and stored nowhere."""

import secrets
from datetime import timedelta

from flask_babel import format_timedelta
from flask_babel import gettext as _
from sqlalchemy import select

from midtlink import clock
from midtlink.events import hold, in_transaction, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.letters import Item, Letter, Link, Section
from midtlink.notifications.mail.notice_letters import sender_place
from midtlink.notifications.mail.queueing import Planned, queue
from midtlink.notifications.mail.rules import ABOUT_ACCESS, INVITATION, PASSWORD
from midtlink.notifications.records import WAITING, OutgoingMail
from midtlink.people.events import PasswordLinkAsked
from midtlink.people.links import longest_life, make_mailed_link
from midtlink.people.models import PasswordRequest, Person
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.rules import REQUESTED_LINK_LIVES
from midtlink.refusals import Refused

#: Requests that are taken in one step.
TAKEN_AT_ONCE = 100


def mail_link(person: Person, *, by: Actor) -> None:
    """Send a colleague a link, the first or a new one. Raises Refused where nothing can be sent."""
    with transaction():
        demand_administrator(by, "invite", person)
        if not person.is_active:
            raise Refused("person", "inactive")
        if not person.email or not configuration.is_on():
            raise Refused("person", "no_mail")
        _queue(person, INVITATION, by_id=by.id)


def take_requests() -> bool:
    """Make the mails that were asked for without signing in, and say whether more were."""

    def work() -> int:
        is_new = PasswordRequest.taken_at.is_(None)
        wanted = select(PasswordRequest).where(is_new).order_by(PasswordRequest.id)
        requests = db.session.scalars(wanted.limit(TAKEN_AT_ONCE)).all()
        for request in requests:
            request.taken_at = clock.now()
            if request.person is not None and configuration.is_on():
                _queue(request.person, PASSWORD, by_id=None)
        return len(requests)

    return in_transaction(work) == TAKEN_AT_ONCE


def _queue(person: Person, purpose: str, *, by_id: int | None) -> None:
    """Put the mail into the outbox, unless one waits there already."""
    hold(f"mail.access.{person.id}")
    waiting = OutgoingMail.state == WAITING, OutgoingMail.purpose.in_(ABOUT_ACCESS)
    of_person = select(OutgoingMail.id).where(OutgoingMail.person_id == person.id, *waiting)
    if db.session.scalar(of_person.limit(1)) is None:
        key = f"{purpose}:{person.id}:{secrets.token_hex(8)}"
        queue([Planned(key, person.id, purpose, clock.now())])
    publish(PasswordLinkAsked(by_id=by_id, person_id=person.id))


def access_letter(person: Person, purpose: str) -> Letter:
    """Make a link and return the letter that brings it. The link that was sent before dies."""
    lives = REQUESTED_LINK_LIVES if purpose == PASSWORD else longest_life()
    token = in_transaction(lambda: make_mailed_link(person, lives=lives))
    address = configuration.link_to(f"/adgang/{token}")
    is_first = person.password_hash is None
    words = _("Vælg din adgangskode") if is_first else _("Vælg en ny adgangskode")
    return Letter(
        subject=_("Velkommen til MidtLink") if is_first else _("Ny adgangskode til MidtLink"),
        opening=_opening(purpose, is_first=is_first),
        sections=(Section((Item(words, Link(words, address), _details(person, lives)),)),),
        language=person.language,
        sender_place=sender_place(),
    )


def _opening(purpose: str, *, is_first: bool) -> str:
    if purpose == PASSWORD:
        return _(
            "Nogen har bedt om en ny adgangskode til dig. Var det ikke dig,"
            " så gør ingenting: din adgangskode er, som den var."
        )
    if is_first:
        return _("Du er oprettet i MidtLink, hvor kolleger spørger og svarer hinanden.")
    return _("IT har sendt dig et link til en ny adgangskode.")


def _details(person: Person, lives: timedelta) -> tuple[str, ...]:
    works = _("Linket virker én gang og i %(time)s.", time=format_timedelta(lives, threshold=1.2))
    return (_("Dit brugernavn er %(username)s.", username=person.username), works)
