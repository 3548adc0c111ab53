"""What has happened in a week: answers to one's questions, what a department learnt, thanks."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from midtlink.extensions import db
from midtlink.notifications.digests.rules import SHOWN
from midtlink.people.models import Person
from midtlink.questions.models import ANSWER, Post, Question
from midtlink.questions.records import Acceptance, ThreadVisit
from midtlink.reputation.records import Thanks

POSTS: Any = Post.__table__
QUESTIONS: Any = Question.__table__


def is_there(post: Any) -> ColumnElement[bool]:
    """Say of a post whether everybody may read it, as far as it is up to the post itself."""
    return and_(post.hidden_at.is_(None), post.deleted_at.is_(None), post.redacted_at.is_(None))


def list_new_answers(person_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return whose questions got how many answers that they have not seen, the newest first."""
    reply, thread = POSTS.alias(), POSTS.alias()
    seen = exists().where(
        ThreadVisit.person_id == thread.c.author_id,
        ThreadVisit.question_id == thread.c.id,
        ThreadVisit.seen_at >= reply.c.created_at,
    )
    newest = func.max(reply.c.id)
    answered = (
        select(
            thread.c.author_id.label("person_id"),
            thread.c.id.label("question_id"),
            func.count().label("number"),
            newest.label("newest"),
        )
        .join(thread, thread.c.id == reply.c.thread_id)
        .where(thread.c.author_id.in_(person_ids), reply.c.kind == ANSWER)
        .where(reply.c.created_at > since, is_there(reply.c), is_there(thread.c), ~seen)
        .where(or_(reply.c.author_id.is_(None), reply.c.author_id != thread.c.author_id))
        .group_by(thread.c.author_id, thread.c.id)
        .subquery()
    )
    return first_of_each(answered, answered.c.person_id, answered.c.newest.desc())


def list_learnt(person_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return the questions asked from each person's department whose answer was chosen."""
    solved = (
        select(
            QUESTIONS.c.department_id,
            QUESTIONS.c.id.label("question_id"),
            Acceptance.id.label("acceptance_id"),
        )
        .join(Acceptance, Acceptance.question_id == QUESTIONS.c.id)
        .join(POSTS, POSTS.c.id == QUESTIONS.c.id)
        .where(Acceptance.accepted_at > since, Acceptance.ended_at.is_(None), is_there(POSTS.c))
        .where(QUESTIONS.c.department_id.is_not(None))
        .subquery()
    )
    nth = func.row_number().over(
        partition_by=solved.c.department_id, order_by=solved.c.acceptance_id.desc()
    )
    ranked = select(solved, nth.label("nth")).subquery()
    statement = (
        select(Person.id.label("person_id"), ranked.c.question_id)
        .join(ranked, ranked.c.department_id == Person.department_id)
        .where(Person.id.in_(person_ids), ranked.c.nth <= SHOWN)
        .order_by(Person.id, ranked.c.nth)
    )
    return db.session.execute(statement).all()


def list_thanked(since: datetime) -> Sequence[Any]:
    """Return the questions whose answers were thanked for most; by whom and to whom is not told."""
    reply, thread = POSTS.alias(), POSTS.alias()
    number = func.count(Thanks.id)
    statement = (
        select(thread.c.id.label("question_id"), number.label("number"))
        .select_from(Thanks)
        .join(reply, reply.c.id == Thanks.answer_id)
        .join(thread, thread.c.id == reply.c.thread_id)
        .where(Thanks.given_at > since, Thanks.withdrawn_at.is_(None))
        .where(is_there(reply.c), is_there(thread.c))
        .group_by(thread.c.id)
        .order_by(number.desc(), thread.c.id.desc())
        .limit(SHOWN)
    )
    return db.session.execute(statement).all()


def first_of_each(rows: Any, key: Any, *order: Any) -> Sequence[Any]:
    """Return the first rows of each key in an order, as many as a digest shows."""
    nth = func.row_number().over(partition_by=key, order_by=order)
    ranked = select(rows, nth.label("nth")).subquery()
    few = select(ranked).where(ranked.c.nth <= SHOWN)
    return db.session.execute(few.order_by(ranked.c[key.name], ranked.c.nth)).all()
