"""Deciding on votes that look arranged, and taking back what they gave.

A reversal takes back the points and nothing else: the vote stays where it is, for readers it was
help. Its points never come back, not with the post and not with a rebuild. Who withdraws such a
vote and sets it again has voted anew: that vote counts, and the next night looks at it too.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.queries import lock_threads
from midtlink.questions.rules import LONGEST_NOTE
from midtlink.refusals import Conflict
from midtlink.reputation import events as facts
from midtlink.reputation.fairness.policy import may_decide
from midtlink.reputation.ledger.lines import standing_among
from midtlink.reputation.ledger.recording import FACTS, record
from midtlink.reputation.ledger.stored_book import LEDGER, lines_where, lock_colleagues
from midtlink.reputation.models import REVERSED
from midtlink.reputation.records import SuspectVote, Suspicion
from midtlink.texts import clean_line


def decide(
    suspicion: Suspicion,
    reverse: bool,
    *,
    because: str,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> int:
    """Reverse the votes, or find them in order; return how many lost their points.

    The same decision again changes nothing, another one is a Conflict. Nobody decides about votes
    that they gave or got.
    """
    with transaction():
        _lock(suspicion)
        if by is None or not may_decide(by, suspicion):
            raise NotAllowed(by, "decide", suspicion)
        because = clean_line(because, "because", most=LONGEST_NOTE, least=1)
        overruled = guarding.check({"because": because}, overruled=not_cpr)
        if suspicion.decided_at is not None:
            if suspicion.is_reversed != reverse:
                raise Conflict("decided")
            return 0
        suspicion.decided_at, suspicion.decided_by_id = clock.now(), by.id
        suspicion.is_reversed, suspicion.reason = reverse, because
        count = _reverse(suspicion, by) if reverse else 0
        _tell(suspicion, count, overruled, by)
        return count


def _lock(suspicion: Suspicion) -> None:
    """Let one decision pass at a time. Suspicions are locked before threads, and these first."""
    db.session.refresh(suspicion, with_for_update={"of": Suspicion})


def _reverse(suspicion: Suspicion, by: Person) -> int:
    """Take back exactly what the votes granted that still stand; return how many they were."""
    statement = (
        select(FACTS)
        .join(SuspectVote, SuspectVote.fact_id == FACTS.c.id)
        .where(SuspectVote.suspicion_id == suspicion.id)
        .order_by(FACTS.c.id)
    )
    votes = db.session.execute(statement).all()
    lock_threads(vote.question_id for vote in votes)
    lock_colleagues(person_id for vote in votes for person_id in (vote.helper_id, vote.actor_id))
    posts = _posts(votes)
    reversed_votes = [vote for vote in votes if vote.post_id in posts and _stands(vote)]
    for vote in reversed_votes:
        record(
            REVERSED,
            posts[vote.post_id],
            source=vote.source,
            subject=vote.subject,
            helper_id=vote.helper_id,
            actor_id=by.id,
        )
    return len(reversed_votes)


def _posts(votes: Sequence[Any]) -> dict[int, Post]:
    """Return the posts afresh; one that left the database took its points with it."""
    ids = {vote.post_id for vote in votes} | {vote.question_id for vote in votes}
    statement = select(Post).where(Post.id.in_(ids)).execution_options(populate_existing=True)
    return {post.id: post for post in db.session.scalars(statement)}


def _stands(vote: Any) -> bool:
    """Say whether this vote's grant has not ended; a later vote may have the same source."""
    standing = standing_among(lines_where(LEDGER.c.source == vote.source))
    return any(each.grant.fact_id == vote.id for each in standing)


def _tell(suspicion: Suspicion, count: int, overruled: int, by: Person) -> None:
    about = {"by_id": by.id, "suspicion_id": suspicion.id}
    if suspicion.is_reversed:
        publish(facts.VotesReversed(count=count, **about))
    else:
        publish(facts.SuspicionDismissed(**about))
    if overruled:
        publish(facts.SuspicionGuardOverruled(count=overruled, **about))
