"""Forgetting what is no longer needed of sign-ins: a step of the sweeper."""

from datetime import timedelta

from sqlalchemy import delete, or_

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import PasswordLink, PasswordRequest, SignIn, SignInAttempt
from midtlink.sweeper import lane

KEPT = timedelta(days=30)
#: Requests for a link count for a day.
REQUESTS_KEPT = timedelta(days=2)


@lane("sign-ins", every=600)
def forget_old_sign_ins() -> bool:
    """Delete what ended more than 30 days ago, and requests of more than 2 days ago."""

    def work() -> None:
        limit = clock.now() - KEPT
        is_old = or_(SignIn.ended_at < limit, SignIn.started_at < limit)
        db.session.execute(delete(SignIn).where(is_old))
        db.session.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < limit))
        is_past = PasswordRequest.asked_at < clock.now() - REQUESTS_KEPT
        db.session.execute(delete(PasswordRequest).where(is_past))
        db.session.execute(delete(PasswordLink).where(PasswordLink.expires_at < limit))

    in_transaction(work)
    return False
