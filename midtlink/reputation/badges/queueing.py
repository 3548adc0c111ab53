"""Whose badges wait to be looked at.

What the ledger counts is noticed by reading its new entries (noticing.py), which costs a vote
nothing; for all else the event lets its people wait.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, literal, select, union

from midtlink import clock
from midtlink.extensions import db, upsert
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.records import Closure, Revision
from midtlink.reputation.ledger.gathering import parts
from midtlink.reputation.records import BadgeCheck, Thanks

PEOPLE: Any = Person.__table__.c
CHECKS: Any = BadgeCheck.__table__.c


def queue_people(person_ids: Iterable[int | None]) -> None:
    """Let people wait for their badges to be looked at."""
    for ids in parts(sorted({each for each in person_ids if each is not None})):
        queue_where(select(PEOPLE.id).where(PEOPLE.id.in_(ids)))


def queue_posts(post_ids: Iterable[int]) -> None:
    """Let all wait to whose badges it matters whether these posts can be seen."""
    for ids in parts(sorted(set(post_ids))):
        concerned = (
            select(Post.author_id).where(Post.id.in_(ids)),
            select(Thanks.by_id).where(Thanks.answer_id.in_(ids)),
            select(Thanks.to_id).where(Thanks.answer_id.in_(ids)),
            select(Closure.by_id).where(Closure.question_id.in_(ids)),
            select(Revision.by_id).where(Revision.post_id.in_(ids), Revision.number > 1),
        )
        queue_where(union(*concerned))


def queue_where(person_ids: Any) -> None:
    """Let the people wait whom a statement selects, in the order of their ids.

    Who waits keeps the place; the row is written all the same, so that somebody who is just
    taking it waits for this transaction, or this one for them.
    """
    column = person_ids.subquery().c[0]
    moment = literal(clock.now(), BadgeCheck.queued_at.type)
    rows: Select[Any] = select(column, moment).where(column.is_not(None)).order_by(column)
    adding = upsert(BadgeCheck).from_select(["person_id", "queued_at"], rows)
    kept = adding.on_conflict_do_update(
        index_elements=[CHECKS.person_id], set_={"queued_at": CHECKS.queued_at}
    )
    db.session.flush()
    db.session.execute(kept, execution_options={"synchronize_session": False})
