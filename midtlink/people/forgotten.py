"""Asking for a link by mail, for who has forgotten the password and is not signed in.

Whoever asks learns nothing: the same is done, and as long as ever, for a name that nobody has.
The mail is made later, from the row, and goes to the stored address only.
"""

from datetime import timedelta

from sqlalchemy import or_, select

from midtlink import clock
from midtlink.events import hold, transaction
from midtlink.extensions import db
from midtlink.people.identity import fold, token_hash
from midtlink.people.models import PasswordRequest, Person
from midtlink.people.rules import (
    LONGEST_EMAIL,
    MOST_AHEAD,
    REQUESTS_PER_DAY,
    REQUESTS_PER_HOUR,
)
from midtlink.texts import FORBIDDEN


def ask_for_link(typed: str) -> None:
    """Note that a link is wanted by who has this username or address; not too often."""
    with transaction():
        name = FORBIDDEN.sub("", fold(typed))[:LONGEST_EMAIL]
        person_id = _find(name)
        account = token_hash(f"person {person_id}" if person_id else f"name {name}")
        hold(f"password-request:{account}")
        if not _is_too_often(account):
            row = PasswordRequest(account_hash=account, person_id=person_id, asked_at=clock.now())
            db.session.add(row)


def _find(name: str) -> int | None:
    """Return who can be mailed; usernames hold no @, so a name is of one person at most."""
    is_theirs = or_(Person.username == name, Person.email == name)
    reached = Person.is_active, Person.email.is_not(None)
    return db.session.scalar(select(Person.id).where(is_theirs, *reached))


def _is_too_often(account: str) -> bool:
    moment = clock.now()
    of_account = PasswordRequest.account_hash == account
    lately = PasswordRequest.asked_at > moment - timedelta(days=1)
    # What a clock wrote that was far ahead must not stop an account until then.
    is_past = PasswordRequest.asked_at <= moment + MOST_AHEAD
    asked = list(
        db.session.scalars(select(PasswordRequest.asked_at).where(of_account, lately, is_past))
    )
    in_hour = sum(each > moment - timedelta(hours=1) for each in asked)
    return in_hour >= REQUESTS_PER_HOUR or len(asked) >= REQUESTS_PER_DAY
