"""Forgetting drafts that nobody came back to: a step of the sweeper."""

from datetime import timedelta

from sqlalchemy import delete

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.records import Draft
from midtlink.settings import queries as settings
from midtlink.sweeper import lane


@lane("drafts", every=3600)
def forget_old_drafts() -> bool:
    """Delete drafts that have not been touched for as long as the setting says."""

    def work() -> None:
        limit = clock.now() - timedelta(days=settings.number("drafts_kept_days"))
        db.session.execute(delete(Draft).where(Draft.saved_at < limit))

    in_transaction(work)
    return False
