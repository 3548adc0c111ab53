"""Lists of questions. A page is cut by the last id, so that nothing is skipped or repeated."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select, true
from sqlalchemy.orm import joinedload, selectinload

from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import (
    ANSWER,
    ANSWERED,
    SOLVED,
    UNANSWERED,
    Post,
    Question,
    question_tags,
)
from midtlink.questions.queries.visibility import POSTS, shown
from midtlink.questions.queries.visits import with_news
from midtlink.questions.records import QuestionFollow
from midtlink.refusals import BadInput
from midtlink.topics.models import TagFollow
from midtlink.topics.queries import ids_of_systems


def list_questions(
    which: str, *, seen_by: Person, cursor: str | None = None, size: int = PAGE_SIZE
) -> Slice[Question]:
    """Return a page of one of LISTS, of "system:<id>" or of "tag:<id>", newest first.

    Lists hold what everyone may see. BadInput for another list or a cursor that is none.
    """
    statement = with_faces(shown(select(Question)), seen_by).where(_condition(which, seen_by))
    if after := read_cursor(cursor):
        statement = statement.where(Question.id < after[0])
    rows = db.session.scalars(statement.order_by(Question.id.desc()).limit(size + 1)).all()
    return cut(rows, key=lambda question: question.id, size=size)


def with_faces(statement: Select[Any], person: Person) -> Select[Any]:
    """Load with each question what a list shows of it: author, department, system, tags, news."""
    return with_news(statement, person).options(
        joinedload(Question.author).joinedload(Person.department),
        joinedload(Question.department),
        joinedload(Question.system),
        selectinload(Question.tags),
    )


def _condition(which: str, person: Person) -> ColumnElement[bool]:
    if which in LISTS:
        return LISTS[which](person)
    kind, _, number = which.partition(":")
    if kind not in ("system", "tag") or not number.isascii() or not number.isdigit():
        raise BadInput("list")
    if int(number) > 2**31 - 1:
        return false()
    return Question.system_id == int(number) if kind == "system" else _has_tag(int(number))


def _has_tag(tag_id: int) -> ColumnElement[bool]:
    tagged = select(question_tags.c.question_id).where(question_tags.c.tag_id == tag_id)
    return Question.id.in_(tagged)


def _of_my_department(person: Person) -> ColumnElement[bool]:
    if person.department_id is None:
        return false()
    return Question.department_id == person.department_id


def _about_my_systems(person: Person) -> ColumnElement[bool]:
    return Question.system_id.in_(ids_of_systems(person))


def _about_my_topics(person: Person) -> ColumnElement[bool]:
    followed = select(question_tags.c.question_id).join(
        TagFollow, TagFollow.tag_id == question_tags.c.tag_id
    )
    tagged = Question.id.in_(followed.where(TagFollow.person_id == person.id))
    return or_(_about_my_systems(person), tagged)


def _for_me(person: Person) -> ColumnElement[bool]:
    """What I can help with, and what I wait for an answer to."""
    mine = Post.author_id == person.id
    is_waiting = Question.status.in_((UNANSWERED, ANSWERED))
    helps = and_(Question.status == UNANSWERED, _about_my_topics(person))
    return or_(and_(mine, is_waiting), helps)


def _answered_by_me(person: Person) -> ColumnElement[bool]:
    answers = POSTS.alias()
    return exists().where(
        answers.c.thread_id == Question.id,
        answers.c.kind == ANSWER,
        answers.c.author_id == person.id,
        answers.c.hidden_at.is_(None),
        answers.c.deleted_at.is_(None),
    )


def _followed(person: Person) -> ColumnElement[bool]:
    follows = select(QuestionFollow.question_id).where(QuestionFollow.person_id == person.id)
    return Question.id.in_(follows)


LISTS: dict[str, Callable[[Person], ColumnElement[bool]]] = {
    "newest": lambda _person: true(),
    "unanswered": lambda _person: Question.status == UNANSWERED,
    "solved": lambda _person: Question.status == SOLVED,
    "mine": lambda person: Post.author_id == person.id,
    "department": _of_my_department,
    "systems": _about_my_systems,
    "for-me": _for_me,
    "answered-by-me": _answered_by_me,
    "followed": _followed,
}
