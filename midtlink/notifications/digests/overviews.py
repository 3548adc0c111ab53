"""What the week has brought to people, beside what they were told of.

Each part is one statement for some hundreds of people, and tells only what everybody may read.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from midtlink.extensions import db
from midtlink.notifications.digests.answering import list_answerable
from midtlink.notifications.digests.happening import (
    list_learnt,
    list_new_answers,
    list_thanked,
)
from midtlink.people.models import Department
from midtlink.questions.models import Post, Question
from midtlink.topics.models import System

POSTS: Any = Post.__table__
QUESTIONS: Any = Question.__table__


@dataclass(frozen=True)
class Listed:
    """A question as a digest tells of it, and how many answers or thanks it is about."""

    question_id: int
    title: str
    system: str
    department: str
    asked_at: datetime
    is_unanswered: bool
    count: int = 0


@dataclass
class Overview:
    """What the week has brought to one person."""

    answers: list[Listed] = field(default_factory=list)
    answerable: list[Listed] = field(default_factory=list)
    learnt: list[Listed] = field(default_factory=list)
    thanked: list[Listed] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing is about the person: the hospital's thanks alone are no reason for a mail."""
        return not (self.answers or self.answerable or self.learnt)


def overviews_of(person_ids: Collection[int], since: datetime) -> dict[int, Overview]:
    """Return the overview of each person, in seven statements however many they are."""
    answers = list_new_answers(person_ids, since)
    answerable = list_answerable(person_ids, since)
    learnt = list_learnt(person_ids, since)
    thanked = list_thanked(since)
    ids = [each.question_id for part in (answers, answerable, learnt, thanked) for each in part]
    questions = _load(set(ids))
    thanks = [_listed(each, questions) for each in thanked]
    found: dict[int, Overview] = defaultdict(lambda: Overview(thanked=thanks))
    for name, rows in (("answers", answers), ("answerable", answerable), ("learnt", learnt)):
        for row in rows:
            getattr(found[row.person_id], name).append(_listed(row, questions))
    return {person_id: found[person_id] for person_id in person_ids}


def _listed(row: Any, questions: dict[int, Listed]) -> Listed:
    known = questions[row.question_id]
    count = getattr(row, "number", 0)
    return Listed(**{**vars(known), "count": count}) if count else known


def _load(ids: Iterable[int]) -> dict[int, Listed]:
    statement = (
        select(
            QUESTIONS.c.id,
            QUESTIONS.c.title,
            QUESTIONS.c.answer_count,
            POSTS.c.created_at,
            System.name.label("system"),
            Department.name.label("department"),
        )
        .join(POSTS, POSTS.c.id == QUESTIONS.c.id)
        .outerjoin(System, System.id == QUESTIONS.c.system_id)
        .outerjoin(Department, Department.id == QUESTIONS.c.department_id)
        .where(QUESTIONS.c.id.in_(ids))
    )
    rows = db.session.execute(statement)
    return {
        row.id: Listed(
            question_id=row.id,
            title=row.title,
            system=row.system or "",
            department=row.department or "",
            asked_at=row.created_at,
            is_unanswered=row.answer_count == 0,
        )
        for row in rows
    }
