"""Signing in and out. A sign-in is a row: when it ends, every copy of the cookie is dead."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.people.identity import token_hash
from midtlink.people.models import Department, Person, SignIn
from midtlink.settings import queries as settings


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
    """Say whether the sign-in has been idle, or has lasted, too long."""
    moment = clock.now()
    idle = timedelta(minutes=idle_minutes(sign_in))
    longest = timedelta(hours=settings.number("sign_in_hours"))
    return moment - sign_in.active_at >= idle or moment - sign_in.started_at >= longest


def idle_minutes(sign_in: SignIn) -> int:
    """Return how many minutes without a page or a write end this sign-in."""
    kind = "own" if sign_in.is_own_computer else "shared"
    return settings.number(f"idle_minutes_{kind}")


def seconds_left(sign_in: SignIn) -> int:
    """Return how many seconds without a page or a write this sign-in has left."""
    moment = clock.now()
    idle = sign_in.active_at + timedelta(minutes=idle_minutes(sign_in)) - moment
    whole = sign_in.started_at + timedelta(hours=settings.number("sign_in_hours")) - moment
    return max(0, int(min(idle, whole).total_seconds()))
