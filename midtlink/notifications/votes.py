"""Telling authors that their answers helped: one notice for each answer, which counts.

A vote is a press that one takes back as lightly. It is told of when the sweeper next looks, with
nobody's name, and asks the voter's request for nothing.
"""

from typing import Any

from sqlalchemy import String, case, cast, delete, func, literal, null, or_, select

from midtlink import clock
from midtlink.extensions import db, upsert
from midtlink.notifications.models import Notice
from midtlink.people.models import Person
from midtlink.questions.models import Answer
from midtlink.questions.records import HELPED, Reaction
from midtlink.reputation.ledger.following import read_new_facts
from midtlink.reputation.models import Fact

READER = "notices"
NOTICES: Any = Notice.__table__
COLUMNS = (
    "person_id", "kind", "matter", "question_id", "post_id", "reason", "happened_at", "count",
    "is_away",
)  # fmt: skip


def notice_votes() -> bool:
    """Tell of the votes since the last look, and say whether there are more."""
    return read_new_facts(READER, _notice)


def _notice(after: int, until: int) -> None:
    is_vote = Fact.source.startswith("reaction:"), Fact.actor_id.is_not(None)
    voted = select(Fact.post_id).where(Fact.id > after, Fact.id <= until, *is_vote)
    db.session.execute(_without_votes(voted))
    db.session.execute(_counting(_rows(voted)))


def _matter(post_id: Any) -> Any:
    return literal(f"{HELPED}:") + cast(post_id, String)


def _standing() -> Any:
    """Select how many colleagues an answer has helped, by its id."""
    stands = Reaction.kind == HELPED, Reaction.withdrawn_at.is_(None)
    return (
        select(Reaction.post_id.label("id"), func.count().label("count"))
        .where(*stands, Reaction.person_id.is_not(None))
        .group_by(Reaction.post_id)
        .subquery()
    )


def _without_votes(voted: Any) -> Any:
    standing = _standing()
    gone = NOTICES.c.post_id.in_(voted) & NOTICES.c.post_id.not_in(select(standing.c.id))
    return delete(NOTICES).where(NOTICES.c.kind == HELPED, gone)


def _rows(voted: Any) -> Any:
    is_away = or_(*(each.is_not(None) for each in (Answer.hidden_at, Answer.deleted_at)))
    standing, moment = _standing(), literal(clock.now(), NOTICES.c.happened_at.type)
    return (
        select(
            Answer.author_id,
            literal(HELPED),
            _matter(Answer.id),
            Answer.thread_id,
            Answer.id,
            literal("wrote"),
            moment,
            standing.c.count,
            is_away,
        )
        .join(standing, standing.c.id == Answer.id)
        .join(Person, Person.id == Answer.author_id)
        .where(Answer.id.in_(voted), Person.is_active)
        .order_by(Answer.id)
    )


def _counting(rows: Any) -> Any:
    """More than before is news again; fewer is not."""
    adding = upsert(NOTICES).from_select(COLUMNS, rows)
    fresh, known = adding.excluded, NOTICES.c
    has_more = fresh.count > known.count
    news = {
        name: case((has_more, null()), else_=known[name])
        for name in ("read_at", "later_until", "routed_at")
    }
    return adding.on_conflict_do_update(
        index_elements=[known.person_id, known.matter],
        set_=news
        | {
            "count": fresh.count,
            "happened_at": case((has_more, fresh.happened_at), else_=known.happened_at),
        },
    )
