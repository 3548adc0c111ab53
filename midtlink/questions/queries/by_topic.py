"""The questions about a system or a tag, and how many there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select

from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import DepartmentFollow, Person
from midtlink.questions.models import ANSWERED, UNANSWERED, Question, question_tags
from midtlink.questions.queries.lists import with_faces
from midtlink.questions.queries.visibility import shown
from midtlink.topics.models import SystemFollow, Tag, TagFollow

OPEN = (UNANSWERED, ANSWERED)


def list_about(
    *,
    seen_by: Person,
    system_id: int | None = None,
    tag_id: int | None = None,
    department_id: int | None = None,
    status: str | None = None,
    cursor: str | None = None,
) -> Slice[Question]:
    """Return one page of a system's, a tag's or a department's questions, the newest first."""
    statement = with_faces(shown(select(Question)), seen_by)
    if system_id is not None:
        statement = statement.where(Question.system_id == system_id)
    if tag_id is not None:
        statement = statement.where(Question.id.in_(_tagged(tag_id)))
    if department_id is not None:
        statement = statement.where(Question.department_id == department_id)
    if status is not None:
        statement = statement.where(Question.status == status)
    if key := read_cursor(cursor):
        statement = statement.where(Question.id < key[0])
    newest = statement.order_by(Question.id.desc()).limit(PAGE_SIZE + 1)
    return cut(db.session.scalars(newest).all(), key=lambda question: question.id)


@dataclass(frozen=True)
class Summary:
    """How many questions there are about a topic, and whether the reader follows it."""

    count: int
    is_followed: bool


def summary_of_system(system_id: int, *, seen_by: Person) -> Summary:
    """Count a system's open questions, and say whether the reader follows it."""
    about = (Question.system_id == system_id, Question.status.in_(OPEN))
    counted = shown(select(func.count()).select_from(Question)).where(*about)
    of_reader = SystemFollow.person_id == seen_by.id, SystemFollow.system_id == system_id
    return _summary(counted, exists().where(*of_reader))


def summary_of_tag(tag_id: int, *, seen_by: Person) -> Summary:
    """Count the questions that have a tag, and say whether the reader follows it."""
    of_reader = TagFollow.person_id == seen_by.id, TagFollow.tag_id == tag_id
    return _summary(_counted_about(tag_id), exists().where(*of_reader))


def summary_of_department(department_id: int, *, seen_by: Person) -> Summary:
    """Count the open questions that a department asked, and say whether the reader follows it."""
    asked = Question.department_id == department_id, Question.status.in_(OPEN)
    counted = shown(select(func.count()).select_from(Question)).where(*asked)
    of_reader = DepartmentFollow.person_id == seen_by.id
    follows = exists().where(of_reader, DepartmentFollow.department_id == department_id)
    return _summary(counted, follows)


def count_about(*, tag_id: int) -> int:
    """Return how many questions have the tag."""
    return db.session.scalar(_counted_about(tag_id)) or 0


def open_by_system() -> dict[int, int]:
    """Return how many open questions each system has, by the system's id."""
    statement: Any = select(Question.system_id, func.count(Question.id))
    is_open = Question.status.in_(OPEN)
    counted = db.session.execute(shown(statement).where(is_open).group_by(Question.system_id))
    return {system_id: number for system_id, number in counted if system_id is not None}


def most_used_tags(limit: int) -> Sequence[tuple[Tag, int]]:
    """Return the tags with the most questions, each with their number."""
    number = func.count(Question.id)
    statement: Any = (
        select(Tag, number)
        .join(question_tags, question_tags.c.tag_id == Tag.id)
        .join(Question, Question.id == question_tags.c.question_id)
    )
    grouped = shown(statement).group_by(Tag.id).order_by(number.desc(), Tag.name)
    most = grouped.limit(limit)
    return [(tag, counted) for tag, counted in db.session.execute(most)]


def _tagged(tag_id: int) -> Select[int]:
    return select(question_tags.c.question_id).where(question_tags.c.tag_id == tag_id)


def _counted_about(tag_id: int) -> Select[int]:
    counted = shown(select(func.count()).select_from(Question))
    return counted.where(Question.id.in_(_tagged(tag_id)))


def _summary(counted: Select[int], follows: ColumnElement[bool]) -> Summary:
    """Ask both in one statement."""
    number, is_followed = db.session.execute(select(counted.scalar_subquery(), follows)).one()
    return Summary(number, bool(is_followed))
