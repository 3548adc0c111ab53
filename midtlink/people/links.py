"""One-time links where a person chooses a password: invitations and resets."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.access import NotFound
from midtlink.events import hold, in_transaction, publish, transaction
from midtlink.extensions import db
from midtlink.people import hashing
from midtlink.people.events import PasswordLinkMade
from midtlink.people.identity import new_token, token_hash
from midtlink.people.models import PasswordLink, Person
from midtlink.people.passwords import check_new_password, end_links, store_password
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.rules import MOST_AHEAD
from midtlink.refusals import Refused
from midtlink.settings import queries as settings


def make_link(person: Person, *, by: Actor) -> str:
    """Return the token of a new link, to be shown once; older links of the person die."""
    with transaction():
        demand_administrator(by, "invite", person)
        return _make(person, by.id, longest_life())


def make_mailed_link(person: Person, *, lives: timedelta) -> str:
    """Return the token of a new link for a mail to the person's stored address, and nobody else.

    Whether the person may be sent one was checked when it was asked for. Older links die.
    """
    with transaction():
        return _make(person, None, lives)


def longest_life() -> timedelta:
    """Return how long a link works that an administrator has made."""
    return timedelta(hours=settings.number("password_link_hours"))


def _make(person: Person, by_id: int | None, lives: timedelta) -> str:
    if not person.is_active:
        raise Refused("person", "inactive")
    hold(_key(person.id))
    end_links(person.id)
    token, moment = new_token(), clock.now()
    link = PasswordLink(
        token_hash=token_hash(token),
        person_id=person.id,
        made_at=moment,
        made_by_id=by_id,
        expires_at=moment + lives,
    )
    db.session.add(link)
    publish(PasswordLinkMade(by_id=by_id, person_id=person.id))
    return token


def find_link(token: str) -> PasswordLink | None:
    """Return the link that still opens with this token. Looking does not use it up."""
    statement = (
        select(PasswordLink)
        .where(PasswordLink.token_hash == token_hash(token))
        .options(joinedload(PasswordLink.person))
        .execution_options(populate_existing=True)
    )
    link = db.session.scalars(statement).one_or_none()
    return link if link is not None and _is_open(link) else None


def use_link(token: str, new_password: str) -> None:
    """Set the password of the link's person. Raises NotFound for a dead link, Refused."""
    link = find_link(token)
    if link is None:
        raise NotFound("link")
    check_new_password(new_password, link.person.username)
    hashed = hashing.hash_password(new_password)
    person_id = link.person_id

    def work() -> None:
        hold(_key(person_id))
        fresh = find_link(token)
        if fresh is None:
            raise NotFound("link")
        fresh.used_at = clock.now()
        store_password(fresh.person, hashed, by_id=person_id)

    in_transaction(work)


def _is_open(link: PasswordLink) -> bool:
    """A link from a clock that was far ahead would open for too long, so it never does."""
    moment = clock.now()
    is_waiting = link.used_at is None and link.ended_at is None and link.person.is_active
    return is_waiting and moment < link.expires_at and link.made_at <= moment + MOST_AHEAD


def _key(person_id: int) -> str:
    return f"password-link:{person_id}"
