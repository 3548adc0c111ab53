"""Counting failed passwords as rows: the limit is the same whichever worker or machine answers."""

from datetime import timedelta

from sqlalchemy import delete, func, select

from midtlink import clock
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.events import SignInLimitReached
from midtlink.people.identity import fold, token_hash
from midtlink.people.models import SignInAttempt
from midtlink.people.rules import MOST_AHEAD
from midtlink.settings import queries as settings


class SignInsStopped(Exception):
    """Too many wrong passwords with this name."""

    def __init__(self, minutes: int) -> None:
        super().__init__(f"wait {minutes} minutes")
        self.minutes = minutes


def reserve_attempt(username: str, address: str) -> int:
    """Count an attempt as failed until it has succeeded; return how many there are now.

    The row is there before the password is hashed, so that a hundred tries at once reach the
    hash no more often than the limit says. Raises SignInsStopped.
    """
    with transaction():
        name_hash = hash_of_name(username)
        hold(f"sign-in:{name_hash}")
        used = _count_attempts(name_hash)
        if used >= settings.number("failed_sign_ins"):
            raise SignInsStopped(settings.number("failed_sign_in_minutes"))
        row = SignInAttempt(name_hash=name_hash, address=address[:45], tried_at=clock.now())
        db.session.add(row)
        return used + 1


def note_failure(used: int, person_id: int | None) -> None:
    """Tell the journal when the attempt that failed was the last one allowed."""
    if used >= settings.number("failed_sign_ins"):
        with transaction():
            publish(SignInLimitReached(by_id=None, person_id=person_id))


def forget_attempts(username: str) -> None:
    """Let a name begin again."""
    with transaction():
        is_of_name = SignInAttempt.name_hash == hash_of_name(username)
        db.session.execute(delete(SignInAttempt).where(is_of_name))


def hash_of_name(username: str) -> str:
    """Return what an attempt keeps of a name: people type worse than names into that field."""
    return token_hash(fold(username))


def _count_attempts(name_hash: str) -> int:
    moment = clock.now()
    since = moment - timedelta(minutes=settings.number("failed_sign_in_minutes"))
    statement = select(func.count(SignInAttempt.id)).where(
        SignInAttempt.name_hash == name_hash,
        SignInAttempt.tried_at > since,
        # What a clock wrote that was far ahead must not stop a name until then.
        SignInAttempt.tried_at <= moment + MOST_AHEAD,
    )
    return db.session.scalar(statement) or 0
