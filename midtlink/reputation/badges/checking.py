"""Looking at the badges of those who wait: what they have won, and what they hold no more."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Table, delete, or_, select, update

from midtlink import clock
from midtlink.events import in_transaction, publish
from midtlink.extensions import db, upsert
from midtlink.reputation.badges.counting import count
from midtlink.reputation.badges.rules import BADGES
from midtlink.reputation.events import BadgesAwarded, BadgesLost
from midtlink.reputation.ledger.gathering import parts
from midtlink.reputation.records import KEPT, BadgeAward, BadgeCheck

AWARDS: Table = BadgeAward.__table__  # type: ignore[assignment]
#: People looked at in one transaction.
BATCH = 50


class Step(NamedTuple):
    """A step of a badge that a person may hold."""

    person_id: int
    badge: str
    step: int


def check_waiting() -> int:
    """Look at the badges of those who have waited longest; return how many people that were."""
    return in_transaction(_check_waiting)


def check_people(person_ids: Sequence[int]) -> None:
    """Award what people have won, and take back what is no longer so.

    What a moderator took away is not awarded again. Done twice, it changes nothing.
    """
    won = set(_won(person_ids))
    standing, barred = _held(person_ids)
    _award(sorted(won - standing.keys() - barred))
    _take_back([standing[step] for step in sorted(standing.keys() - won)])


def _check_waiting() -> int:
    waiting = select(BadgeCheck.person_id).order_by(BadgeCheck.queued_at, BadgeCheck.person_id)
    ids = list(db.session.scalars(waiting.limit(BATCH).with_for_update(skip_locked=True)))
    if ids:
        done = delete(BadgeCheck).where(BadgeCheck.person_id.in_(ids))
        db.session.execute(done, execution_options={"synchronize_session": False})
        check_people(ids)
    return len(ids)


def _won(person_ids: Sequence[int]) -> Iterator[Step]:
    for person_id, counts in count(person_ids).items():
        for badge in BADGES.values():
            for step in range(1, badge.steps_won(counts[badge.counts]) + 1):
                yield Step(person_id, badge.key, step)


def _held(person_ids: Sequence[int]) -> tuple[dict[Step, int], set[Step]]:
    """Return the awards that stand, by their step, and the steps that a moderator took away."""
    place = (AWARDS.c.person_id, AWARDS.c.badge, AWARDS.c.step)
    known = select(*place, AWARDS.c.id, AWARDS.c.revoked_at).where(
        AWARDS.c.person_id.in_(person_ids),
        or_(AWARDS.c.revoked_at.is_(None), AWARDS.c.revoked_by_id.is_not(None)),
    )
    standing: dict[Step, int] = {}
    barred: set[Step] = set()
    for *step, award_id, revoked_at in db.session.execute(known):
        if revoked_at is None:
            standing[Step(*step)] = award_id
        else:
            barred.add(Step(*step))
    return standing, barred


def _award(steps: Sequence[Step]) -> None:
    moment = clock.now()
    award_ids: list[int] = []
    for some in parts(steps):
        rows = [{**step._asdict(), "awarded_at": moment, "reason": ""} for step in some]
        award_ids += db.session.scalars(_inserting(rows))
    if award_ids:
        publish(BadgesAwarded(award_ids=tuple(award_ids), by_id=None))


def _inserting(rows: list[dict[str, Any]]) -> Any:
    """Insert awards; one that stands already, by somebody who looked at the same time, stays."""
    once = [AWARDS.c.person_id, AWARDS.c.badge, AWARDS.c.step]
    adding = upsert(AWARDS).values(rows)
    adding = adding.on_conflict_do_nothing(index_elements=once, index_where=KEPT)
    return adding.returning(AWARDS.c.id)


def _take_back(award_ids: Sequence[int]) -> None:
    lost: list[int] = []
    for ids in parts(award_ids):
        standing = (AWARDS.c.id.in_(ids), AWARDS.c.revoked_at.is_(None))
        ending = update(AWARDS).where(*standing).values(revoked_at=clock.now())
        lost += db.session.scalars(ending.returning(AWARDS.c.id))
    if lost:
        publish(BadgesLost(award_ids=tuple(lost), by_id=None))
