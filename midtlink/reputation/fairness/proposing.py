"""Looking through the votes, and asking a moderator about those that look arranged.

What waits for a decision is not proposed again, nor is what a moderator has found in order, unless
there are so many votes more (rules.NEW_VOTES). A vote waits in one suspicion at a time.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select

from midtlink import clock
from midtlink.events import hold, in_transaction, publish
from midtlink.extensions import db
from midtlink.reputation.events import VotesSuspected
from midtlink.reputation.fairness.detecting import find
from midtlink.reputation.fairness.reading import votes_since, window_from
from midtlink.reputation.fairness.rules import NEW_VOTES, Finding
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.records import FairnessSweep, SuspectVote, Suspicion

#: When the hospital is quietest: the hour of Europe/Copenhagen.
HOUR = 3
#: Who proposes holds this.
PROPOSING = "reputation.fairness"


def is_due() -> bool:
    """Say whether nobody has looked since three o'clock last passed."""
    moment, last = clock.now(), last_sweep()
    return last is None or not last_three(moment) <= last.ran_at <= moment


def last_three(moment: datetime) -> datetime:
    """Return when it last was three o'clock at the hospital."""
    local = moment.astimezone(clock.HOSPITAL_TIME)
    today = local.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return today if today <= local else today - timedelta(days=1)


def last_sweep() -> FairnessSweep | None:
    """Return when the votes were last looked through."""
    return db.session.scalars(
        select(FairnessSweep).order_by(FairnessSweep.id.desc()).limit(1)
    ).first()


def look_through() -> list[int]:
    """Look through the votes of the window; return the ids of the suspicions that it gave."""
    since = window_from()
    votes = votes_since(since)
    db.session.rollback()  # The search reads nothing more, and nobody shall wait for it.
    findings = find(votes)
    return in_transaction(lambda: _propose(findings, since, len(votes)))


def _propose(findings: Iterable[Finding], since: datetime, vote_count: int) -> list[int]:
    hold(PROPOSING)
    undecided = set(
        db.session.scalars(select(Suspicion.identity).where(Suspicion.decided_at.is_(None)))
    )
    waiting, decided = _known_votes(since)
    made = []
    for finding in findings:
        fact_ids = [fact_id for fact_id in finding.fact_ids if fact_id not in waiting]
        fresh = [fact_id for fact_id in fact_ids if fact_id not in decided]
        if finding.identity not in undecided and len(fresh) >= NEW_VOTES[finding.kind]:
            made.append(_suspect(finding, fact_ids, since))
            waiting.update(fact_ids)
    sweep = FairnessSweep(ran_at=clock.now(), vote_count=vote_count, proposed_count=len(made))
    db.session.add(sweep)
    return made


def _known_votes(since: datetime) -> tuple[set[int], set[int]]:
    """Return the window's votes that wait for a decision, and those that had one."""
    statement = (
        select(SuspectVote.fact_id, Suspicion.decided_at)
        .join(Suspicion, Suspicion.id == SuspectVote.suspicion_id)
        .join(FACTS, FACTS.c.id == SuspectVote.fact_id)
        .where(FACTS.c.happened_at >= since)
    )
    waiting, decided = set[int](), set[int]()
    for fact_id, decided_at in db.session.execute(statement):
        (waiting if decided_at is None else decided).add(fact_id)
    return waiting, decided


def _suspect(finding: Finding, fact_ids: list[int], since: datetime) -> int:
    row = Suspicion(
        kind=finding.kind,
        identity=finding.identity,
        department_id=finding.department_id,
        found_at=clock.now(),
        window_from=since,
    )
    row.votes = [SuspectVote(fact_id=fact_id) for fact_id in fact_ids]
    db.session.add(row)
    db.session.flush()
    publish(VotesSuspected(by_id=None, suspicion_id=row.id, count=len(fact_ids)))
    return row.id
