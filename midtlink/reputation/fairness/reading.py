"""The votes that count, as the search for patterns reads them."""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from midtlink import clock
from midtlink.extensions import db
from midtlink.reputation.fairness.rules import Vote
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.models import SET
from midtlink.reputation.rules import GOOD, VOTES
from midtlink.settings import queries as settings

WINDOW_SETTING = "vote_patterns_days"


def window_from() -> datetime:
    """Return when the votes begin that are looked at tonight."""
    return clock.now() - timedelta(days=settings.number(WINDOW_SETTING))


def votes_since(since: datetime) -> list[Vote]:
    """Return the votes of known people since a moment whose points stand and are not suspended."""
    counts = (
        select(LEDGER.c.grant_fact_id)
        .where(LEDGER.c.happened_at >= since, LEDGER.c.rule.in_(VOTES))
        .group_by(LEDGER.c.grant_fact_id)
        .having(func.sum(LEDGER.c.sign) > 0)
        .subquery()
    )
    statement = (
        select(
            FACTS.c.id,
            FACTS.c.actor_id,
            FACTS.c.helper_id,
            FACTS.c.actor_department_id,
            FACTS.c.helper_department_id,
            FACTS.c.asker_department_id,
            FACTS.c.subject == GOOD,
        )
        .join(counts, counts.c.grant_fact_id == FACTS.c.id)
        .where(FACTS.c.kind == SET, FACTS.c.happened_at >= since, FACTS.c.actor_id.is_not(None))
    )
    return [Vote(*row) for row in db.session.execute(statement)]
