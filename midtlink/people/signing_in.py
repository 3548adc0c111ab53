"""Signing in. A sign-in is a row: when it ends, every copy of the cookie is dead."""

from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, undefer_group

from midtlink import clock
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people import hashing
from midtlink.people.attempts import forget_attempts, note_failure, reserve_attempt
from midtlink.people.events import SignedIn
from midtlink.people.identity import new_token, token_hash
from midtlink.people.models import Department, Person, SignIn
from midtlink.people.queries import find_person
from midtlink.people.rules import MOST_AHEAD, RENEWED_EVERY
from midtlink.settings import queries as settings

#: Columns that other domains add to a person because every page shows them.
SHELL = "shell"


class WrongPassword(Exception):
    """The name and the password do not belong together; which of them is wrong is not told."""


def sign_in(
    username: str, password: str, *, is_own_computer: bool, browser: str, address: str
) -> str:
    """Check the password and return the token of a new sign-in.

    Takes as long, and says the same, for a name that nobody has. Raises WrongPassword or
    SignInsStopped. Hashing takes long, so it happens between transactions.
    """
    used = in_transaction(lambda: reserve_attempt(username, address))
    person = find_person(username)
    stored = person.password_hash if person and person.is_active else None
    db.session.rollback()  # No connection waits while the password is hashed.
    if not hashing.matches(stored, password) or person is None or stored is None:
        person_id = person.id if person else None
        in_transaction(lambda: note_failure(used, person_id))
        raise WrongPassword
    fresh = hashing.hash_password(password) if hashing.is_outdated(stored) else stored
    row = {"is_own_computer": is_own_computer, "browser": browser, "address": address[:45]}
    return in_transaction(lambda: _start(person.id, stored, fresh, row))


def find_signed_in(token: str) -> SignIn | None:
    """Return the living sign-in of a cookie's token, with its person, in one statement."""
    statement = (
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
        .options(
            joinedload(SignIn.person, innerjoin=True).options(
                joinedload(Person.department).joinedload(Department.site),
                joinedload(Person.role_grants),
                undefer_group(SHELL),
            )
        )
    )
    sign_in = db.session.scalars(statement).unique().one_or_none()
    if sign_in is None or not sign_in.person.is_active or is_over(sign_in):
        return None
    return sign_in


def is_over(sign_in: SignIn) -> bool:
    """Say whether the sign-in has been idle, or has lasted, too long.

    One that begins in the future was made by a clock that has since been set back: it would
    otherwise live until that moment comes.
    """
    is_from_the_future = sign_in.started_at - clock.now() > MOST_AHEAD
    return is_from_the_future or seconds_left(sign_in) <= 0


def seconds_left(sign_in: SignIn) -> int:
    """Return how many seconds the sign-in still lives if nothing happens."""
    moment = clock.now()
    active_at = min(sign_in.active_at, moment)
    ends = min(
        active_at + timedelta(minutes=idle_minutes(sign_in)),
        sign_in.started_at + timedelta(hours=settings.number("sign_in_hours")),
    )
    return max(0, int((ends - moment).total_seconds()))


def idle_minutes(sign_in: SignIn) -> int:
    """Return how many minutes without a page or a write end this sign-in."""
    kind = "own" if sign_in.is_own_computer else "shared"
    return settings.number(f"idle_minutes_{kind}")


def is_due_for_renewal(sign_in: SignIn) -> bool:
    """Say whether a page or a write should be noted now (not each: it is a write of its own)."""
    moment = clock.now()
    return not moment - RENEWED_EVERY < sign_in.active_at <= moment


def renew(sign_in_id: int) -> None:
    """Note that somebody sits at the screen."""
    is_living = SignIn.id == sign_in_id, SignIn.ended_at.is_(None)
    db.session.execute(update(SignIn).where(*is_living).values(active_at=clock.now()))


def _start(person_id: int, stored: str, fresh: str, row: dict[str, object]) -> str:
    """Make the sign-in, unless the person or the password changed while it was hashed."""
    token, moment = new_token(), clock.now()
    person = db.session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or not person.is_active or person.password_hash != stored:
        raise WrongPassword
    person.password_hash = fresh
    forget_attempts(person.username)
    sign_in = SignIn(
        token_hash=token_hash(token),
        person_id=person_id,
        started_at=moment,
        active_at=moment,
        **row,
    )
    db.session.add(sign_in)
    db.session.flush()
    publish(
        SignedIn(by_id=person_id, sign_in_id=sign_in.id, is_own_computer=sign_in.is_own_computer)
    )
    return token
