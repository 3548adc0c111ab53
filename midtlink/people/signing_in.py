"""Signing in. A sign-in is a row: when it ends, every copy of the cookie is dead."""

from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.events import hold, in_transaction, publish
from midtlink.extensions import db
from midtlink.people import hashing
from midtlink.people.events import SignedIn, SignInLimitReached
from midtlink.people.identity import fold, new_token, token_hash
from midtlink.people.models import Department, Person, SignIn, SignInAttempt
from midtlink.people.queries import find_person
from midtlink.people.rules import MOST_AHEAD, RENEWED_EVERY
from midtlink.settings import queries as settings


class WrongPassword(Exception):
    """The name and the password do not belong together; which of them is wrong is not told."""


class SignInsStopped(Exception):
    """Too many wrong passwords with this name."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def sign_in(
    username: str, password: str, *, is_own_computer: bool, browser: str, address: str
) -> str:
    """Check the password and return the token of a new sign-in.

    The attempt is a row before the password is looked at, so that a hundred tries at once reach
    the hash no more often than the limit says. Raises WrongPassword or SignInsStopped.
    """
    name_hash = token_hash(fold(username))
    used = in_transaction(lambda: _reserve_attempt(name_hash, address))
    person = find_person(username)
    stored = person.password_hash if person and person.is_active else None
    db.session.rollback()  # No connection waits while the password is hashed.
    if not hashing.matches(stored, password) or person is None or stored is None:
        if used >= settings.number("failed_sign_ins"):
            person_id = person.id if person else None
            in_transaction(lambda: publish(SignInLimitReached(by_id=None, person_id=person_id)))
        raise WrongPassword
    fresh = hashing.hash_password(password) if hashing.is_outdated(stored) else stored
    row = {"is_own_computer": is_own_computer, "browser": browser, "address": address}
    return in_transaction(lambda: _start(person.id, name_hash, stored, fresh, row))


def find_signed_in(token: str) -> SignIn | None:
    """Return the living sign-in of a cookie's token, with its person, in one statement."""
    statement = (
        select(SignIn)
        .where(SignIn.token_hash == token_hash(token), SignIn.ended_at.is_(None))
        .options(
            joinedload(SignIn.person, innerjoin=True).options(
                joinedload(Person.department).joinedload(Department.site),
                joinedload(Person.role_grants),
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


def _reserve_attempt(name_hash: str, address: str) -> int:
    """Count this attempt as failed until it has succeeded; return how many there are."""
    hold(f"sign-in:{name_hash}")
    minutes = settings.number("failed_sign_in_minutes")
    moment = clock.now()
    used = db.session.scalar(
        select(func.count())
        .select_from(SignInAttempt)
        .where(
            SignInAttempt.name_hash == name_hash,
            SignInAttempt.tried_at > moment - timedelta(minutes=minutes),
            SignInAttempt.tried_at <= moment + MOST_AHEAD,
        )
    )
    if (used or 0) >= settings.number("failed_sign_ins"):
        raise SignInsStopped(minutes)
    db.session.add(SignInAttempt(name_hash=name_hash, address=address, tried_at=moment))
    return (used or 0) + 1


def _start(person_id: int, name_hash: str, stored: str, fresh: str, row: dict[str, object]) -> str:
    """Make the sign-in, unless the person or the password changed while it was hashed."""
    token, moment = new_token(), clock.now()
    person = db.session.get(Person, person_id, with_for_update=True, populate_existing=True)
    if person is None or not person.is_active or person.password_hash != stored:
        raise WrongPassword
    person.password_hash = fresh
    forget_attempts(name_hash)
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


def forget_attempts(name_hash: str) -> None:
    """Let a name begin again."""
    db.session.execute(delete(SignInAttempt).where(SignInAttempt.name_hash == name_hash))
