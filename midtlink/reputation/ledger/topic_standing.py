"""Topic standing: what somebody's answers about a system or a tag have brought.

It is the sum of the ledger over the questions that have the topic now. A new entry adds to it;
where topics move, or many entries come at once, it is worked out again for the people concerned.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import (
    Select,
    Subquery,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)

from midtlink.extensions import db, upsert
from midtlink.questions.models import Question, question_tags
from midtlink.reputation.ledger.lines import Line
from midtlink.reputation.ledger.stored_book import lock_colleagues
from midtlink.reputation.models import Entry
from midtlink.reputation.rules import ACCEPTED, HELPS, WRONG
from midtlink.topics.models import TopicStanding

SYSTEM, TAG = "system", "tag"
#: The rules that tell of knowing a topic.
KNOWING = (*HELPS, WRONG)
STANDINGS: Table = TopicStanding.__table__  # type: ignore[assignment]
COLUMNS = ["person_id", "kind", "topic_id", "points", "accepted"]
QUESTIONS: Any = Question.__table__
LEDGER: Any = Entry.__table__
#: Ids in one statement.
MANY = 1_000


def add_to_standings(lines: Iterable[Line], question_id: int) -> None:
    """Add entries of one question to their people's standing in its topics."""
    added: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        if line.rule in KNOWING and line.sign:
            added[line.person_id][0] += line.points
            added[line.person_id][1] += line.sign * (line.rule == ACCEPTED)
    for person_id, (points, accepted) in sorted(added.items()):
        if points or accepted:
            topics = _topics_of(question_id, person_id, points, accepted)
            db.session.execute(_adding(upsert(STANDINGS).from_select(COLUMNS, topics)))


def add_many_to_standings(lines: Collection[Line]) -> None:
    """Add entries of many questions to their people's standings, each standing once."""
    topics = _topics({line.question_id for line in lines})
    added: dict[tuple[int, str, int], list[int]] = defaultdict(lambda: [0, 0])
    for line in lines:
        if line.rule in KNOWING and line.sign:
            for kind, topic_id in topics[line.question_id]:
                sums = added[line.person_id, kind, topic_id]
                sums[0] += line.points
                sums[1] += line.sign * (line.rule == ACCEPTED)
    rows = [
        dict(zip(COLUMNS, (*of, *sums), strict=True))
        for of, sums in sorted(added.items())
        if any(sums)
    ]
    if rows:
        making = upsert(STANDINGS)
        db.session.connection().execute(_adding(making), rows)


def _topics(question_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Return the system and the tags of each question."""
    found: dict[int, list[tuple[str, int]]] = defaultdict(list)
    ids = sorted(question_ids)
    for start in range(0, len(ids), MANY):
        every = _every_topic()
        statement = select(*every.c).where(every.c.question_id.in_(ids[start : start + MANY]))
        for question_id, kind, topic_id in db.session.execute(statement):
            found[question_id].append((kind, topic_id))
    return found


def derive_standings(person_ids: Collection[int]) -> None:
    """Work out people's standings anew. Their rows must be locked, or nobody else be writing."""
    ids = sorted(person_ids)
    for start in range(0, len(ids), MANY):
        some = ids[start : start + MANY]
        db.session.execute(delete(STANDINGS).where(STANDINGS.c.person_id.in_(some)))
        rows = standings_by_ledger().where(LEDGER.c.person_id.in_(some))
        db.session.execute(insert(STANDINGS).from_select(COLUMNS, rows))


def derive_thread_standings(question_id: int) -> None:
    """Work out anew the standings of those whom a thread has given points."""
    of_thread = LEDGER.c.question_id == question_id
    people = set(db.session.scalars(select(LEDGER.c.person_id).where(of_thread).distinct()))
    lock_colleagues(people)
    derive_standings(people)


def standings_by_ledger() -> Select[Any]:
    """Select every standing as the ledger and today's topics have it."""
    topics = _every_topic()
    points = func.sum(LEDGER.c.points)
    accepted = func.sum(case((LEDGER.c.rule == ACCEPTED, LEDGER.c.sign), else_=0))
    return (
        select(LEDGER.c.person_id, topics.c.kind, topics.c.topic_id, points, accepted)
        .join(topics, topics.c.question_id == LEDGER.c.question_id)
        .where(LEDGER.c.rule.in_(KNOWING), LEDGER.c.sign != 0)
        .group_by(LEDGER.c.person_id, topics.c.kind, topics.c.topic_id)
        .having((points != 0) | (accepted != 0))
    )


def _every_topic() -> Subquery:
    """Select every question's system and tags, as (question_id, kind, topic_id)."""
    return union_all(
        select(
            QUESTIONS.c.id.label("question_id"),
            literal(SYSTEM).label("kind"),
            QUESTIONS.c.system_id.label("topic_id"),
        ).where(QUESTIONS.c.system_id.is_not(None)),
        select(question_tags.c.question_id, literal(TAG), question_tags.c.tag_id),
    ).subquery()


def _topics_of(question_id: int, person_id: int, points: int, accepted: int) -> Select[Any]:
    every = _every_topic()
    return select(
        literal(person_id), every.c.kind, every.c.topic_id, literal(points), literal(accepted)
    ).where(every.c.question_id == question_id)


def _adding(statement: Any) -> Any:
    """Add to the standings that are there."""
    fresh, known = statement.excluded, STANDINGS.c
    return statement.on_conflict_do_update(
        index_elements=[known.person_id, known.kind, known.topic_id],
        set_={"points": known.points + fresh.points, "accepted": known.accepted + fresh.accepted},
    )
