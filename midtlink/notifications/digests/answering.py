"""Questions that people could answer: about what they follow, look after or are known for."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, false, func, literal, or_, select, true, union, union_all

from midtlink.notifications.digests.happening import first_of_each, is_there
from midtlink.questions.models import (
    ANSWER,
    ANSWERED,
    UNANSWERED,
    Post,
    Question,
    question_tags,
)
from midtlink.settings import queries as settings
from midtlink.topics.models import SuperUser, System, SystemFollow, TagFollow, TopicStanding
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS

POSTS: Any = Post.__table__
QUESTIONS: Any = Question.__table__
SYSTEM, TAG = "system", "tag"


def list_answerable(person_ids: Collection[int], since: datetime) -> Sequence[Any]:
    """Return for each person questions of the week about their topics, unanswered ones first."""
    topics = _topics_of(person_ids).cte("topics")
    fresh = _fresh(since).cte("fresh")
    about = union(
        select(topics.c.person_id, fresh.c.question_id)
        .join(fresh, fresh.c.system_id == topics.c.topic_id)
        .where(topics.c.kind == SYSTEM),
        select(topics.c.person_id, fresh.c.question_id)
        .join(question_tags, question_tags.c.tag_id == topics.c.topic_id)
        .join(fresh, fresh.c.question_id == question_tags.c.question_id)
        .where(topics.c.kind == TAG),
    ).subquery()
    rows = (
        select(about.c.person_id, fresh.c.question_id, fresh.c.status)
        .join(fresh, fresh.c.question_id == about.c.question_id)
        .where(or_(fresh.c.author_id.is_(None), fresh.c.author_id != about.c.person_id))
        .where(~_has_answered(fresh.c.question_id, about.c.person_id))
        .subquery()
    )
    is_answered = rows.c.status != UNANSWERED
    return first_of_each(rows, rows.c.person_id, is_answered, rows.c.question_id.desc())


def _fresh(since: datetime) -> Any:
    """The week's questions that still wait for an answer or a better one."""
    return (
        select(
            QUESTIONS.c.id.label("question_id"),
            QUESTIONS.c.system_id,
            QUESTIONS.c.status,
            POSTS.c.author_id,
        )
        .join(POSTS, POSTS.c.id == QUESTIONS.c.id)
        .where(POSTS.c.created_at > since, is_there(POSTS.c))
        .where(QUESTIONS.c.status.in_((UNANSWERED, ANSWERED)), QUESTIONS.c.closed_at.is_(None))
    )


def _has_answered(question_id: Any, person_id: Any) -> Any:
    reply = POSTS.alias()
    of_thread = reply.c.thread_id == question_id, reply.c.kind == ANSWER
    return exists().where(*of_thread, reply.c.author_id == person_id)


def _topics_of(person_ids: Collection[int]) -> Any:
    """The systems and tags of people: followed, looked after, or known for."""
    follows, tags = SystemFollow, TagFollow
    standing, appointed = TopicStanding, SuperUser
    known = (
        true() if settings.is_on("points_are_on") else false(),
        standing.points >= KNOWN_POINTS,
        standing.accepted >= KNOWN_ACCEPTED,
    )
    parts = (
        _topics(follows.person_id, literal(SYSTEM), follows.system_id, person_ids),
        _topics(tags.person_id, literal(TAG), tags.tag_id, person_ids),
        _topics(standing.person_id, standing.kind, standing.topic_id, person_ids, *known),
        _topics(System.owner_id, literal(SYSTEM), System.id, person_ids),
        _topics(
            appointed.person_id,
            literal(SYSTEM),
            func.coalesce(appointed.system_id, 0),
            person_ids,
            appointed.ended_at.is_(None),
        ),
    )
    return union_all(*parts)


def _topics(
    person_id: Any, kind: Any, topic_id: Any, person_ids: Collection[int], *conditions: Any
) -> Any:
    columns = person_id.label("person_id"), kind.label("kind"), topic_id.label("topic_id")
    return select(*columns).where(person_id.in_(person_ids), *conditions)
