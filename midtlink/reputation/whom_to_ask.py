"""Whom to ask about a system or a tag: super-users, those who are known for it, who answers now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    or_,
    select,
    true,
)
from sqlalchemy.orm import aliased, joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Question, question_tags
from midtlink.questions.queries import shown
from midtlink.reputation.experts import (
    Topic,
    is_known,
    may_be_listed,
    tells_of_it,
    topics_told_of,
)
from midtlink.reputation.ledger.topic_standing import SYSTEM, TAG
from midtlink.reputation.rules import ANSWERS_NOW_MINUTES
from midtlink.reputation.topics_called import Topics
from midtlink.topics.models import SuperUser, TopicStanding


@dataclass(frozen=True)
class Colleague:
    """Somebody to ask, and why: appointments, topics, whether they answer now."""

    person: Person
    appointments: Sequence[SuperUser] = ()
    topics: Sequence[Topic] = ()
    answers_now: bool = False
    rank: int = field(default=0, compare=False)

    @property
    def on_duty_until(self) -> Any:
        """Until when a super-user is on duty, or None."""
        until = [each.on_duty_until for each in self.appointments if each.is_on_duty]
        return until[0] if until else None


def list_colleagues(
    *,
    topics: Topics | None = None,
    department_id: int | None = None,
    only_now: bool = False,
    cursor: str | None = None,
) -> Slice[Colleague]:
    """Return a page of those to ask: who is on duty first, then by name, never by points.

    With `only_now` who is on duty, and then those who have answered lately and stand in lists.
    """
    looks_after, knows = _looks_after(topics), _knows(topics)
    on_duty = looks_after & (SuperUser.on_duty_until > clock.now())
    is_on_duty, answers_now = _has(on_duty), and_(may_be_listed(), _has_answered(topics))
    helps = or_(_has(looks_after), knows)
    rank = case((is_on_duty, 0), else_=1)
    statement = (
        select(Person, rank, case((answers_now, 1), else_=0))
        .where(Person.is_active, or_(is_on_duty, answers_now) if only_now else helps)
        .options(joinedload(Person.department))
    )
    if department_id is not None:
        of_it = _has(looks_after & (SuperUser.department_id == department_id))
        statement = statement.where(or_(Person.department_id == department_id, of_it))
    if key := read_cursor(cursor):
        statement = statement.where(_comes_after(rank, *(*key, 0)[:2]))
    ordered = statement.order_by(rank, Person.name, Person.id).limit(PAGE_SIZE + 1)
    page = cut(db.session.execute(ordered).all(), key=lambda row: (row[1], row[0].id))
    return Slice(_with_reasons(page.rows), page.next_cursor)


def _with_reasons(rows: Sequence[Any]) -> list[Colleague]:
    """Add in two statements why each of the people stands there."""
    ids = [person.id for person, _, _ in rows]
    appointments: dict[int, list[SuperUser]] = {each: [] for each in ids}
    statement = (
        select(SuperUser)
        .where(SuperUser.person_id.in_(ids), SuperUser.ended_at.is_(None))
        .options(joinedload(SuperUser.system), joinedload(SuperUser.department))
        .order_by(SuperUser.id)
    )
    for row in db.session.scalars(statement):
        appointments[row.person_id].append(row)
    topics = topics_told_of(ids)
    return [
        Colleague(person, appointments[person.id], topics[person.id], bool(now), rank)
        for person, rank, now in rows
    ]


def _looks_after(topics: Topics | None) -> ColumnElement[bool]:
    """Say of an appointment whether it stands, and is of one of the systems."""
    standing = SuperUser.person_id == Person.id, SuperUser.ended_at.is_(None)
    of_topic = true() if topics is None else SuperUser.system_id.in_(topics.system_ids)
    return and_(*standing, of_topic)


def _has(appointment: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(appointment).correlate(Person)


def _knows(topics: Topics | None) -> ColumnElement[bool]:
    known = select(TopicStanding.person_id).where(TopicStanding.person_id == Person.id, is_known())
    if topics is not None:
        kind, topic_id = TopicStanding.kind, TopicStanding.topic_id
        of_system = and_(kind == SYSTEM, topic_id.in_(topics.system_ids))
        known = known.where(or_(of_system, and_(kind == TAG, topic_id.in_(topics.tag_ids))))
    return and_(tells_of_it(), may_be_listed(), known.correlate(Person).exists())


def _has_answered(topics: Topics | None) -> ColumnElement[bool]:
    """Say whether a person has lately written an answer that everybody sees."""
    moment, thread = clock.now(), aliased(Question)
    since = moment - timedelta(minutes=ANSWERS_NOW_MINUTES)
    lately = (
        shown(select(Answer.id).join(thread, thread.id == Answer.thread_id))
        .where(Answer.author_id == Person.id, Answer.created_at > since)
        .where(Answer.created_at <= moment)
        .where(thread.hidden_at.is_(None), thread.deleted_at.is_(None))
        .where(thread.redacted_at.is_(None))
    )
    if topics is not None:
        tagged = select(question_tags.c.question_id).where(
            question_tags.c.tag_id.in_(topics.tag_ids)
        )
        lately = lately.where(or_(thread.system_id.in_(topics.system_ids), thread.id.in_(tagged)))
    return lately.correlate(Person).exists()


def _comes_after(rank: ColumnElement[int], last_rank: int, last_id: int) -> ColumnElement[bool]:
    """Say which people come after the last one of a page; where that one stands is read now."""
    last = aliased(Person)
    name = select(last.name).where(last.id == last_id).scalar_subquery()
    later = or_(Person.name > name, and_(Person.name == name, Person.id > last_id))
    return or_(rank > last_rank, and_(rank == last_rank, later))
