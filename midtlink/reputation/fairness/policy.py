"""Who sees and decides votes that look arranged. Nobody (None), or nothing (None), is a refusal."""

from sqlalchemy import ColumnElement, exists, or_, select

from midtlink.access import MODERATOR
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.records import SuspectVote, Suspicion


def may_moderate_votes(person: Person | None) -> bool:
    """Moderators look after votes."""
    return person is not None and person.is_active and person.has_role(MODERATOR)


def may_decide(person: Person | None, suspicion: Suspicion | None) -> bool:
    """Moderators see and decide what they have no part in: who voted for them stays secret."""
    if person is None or suspicion is None or not may_moderate_votes(person):
        return False
    return not db.session.scalar(select(names(person, suspicion.id)))


def names(person: Person, suspicion_id: object) -> ColumnElement[bool]:
    """Say in SQL whether one of a suspicion's votes is by the person or for them."""
    return (
        exists()
        .where(
            SuspectVote.suspicion_id == suspicion_id,
            FACTS.c.id == SuspectVote.fact_id,
            or_(FACTS.c.actor_id == person.id, FACTS.c.helper_id == person.id),
        )
        .correlate(Suspicion)
    )
