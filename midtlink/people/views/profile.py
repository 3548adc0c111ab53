"""A colleague's page: who they are, and what they asked and answered."""

from collections.abc import Sequence

from flask import render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import aliased

from midtlink.access import MEMBER, allow
from midtlink.extensions import db
from midtlink.paging import Slice, cut, read_cursor
from midtlink.people import queries
from midtlink.people.models import Person
from midtlink.people.views.blueprint import pages
from midtlink.questions.models import Answer, Question
from midtlink.questions.queries import shown
from midtlink.refusals import BadInput
from midtlink.topics.queries import appointments_of

POSTS_ON_A_PAGE = 10
ANSWERS, QUESTIONS = "svar", "spoergsmaal"

Row = tuple[int, Question]


@pages.get("/p/<username>")
@allow(MEMBER)
def profile(username: str) -> str:
    """Show who a colleague is and their latest answers or questions."""
    person = queries.get_person(username)
    which = request.args.get("vis", ANSWERS)
    if which not in (ANSWERS, QUESTIONS):
        raise BadInput("vis")
    cursor = read_cursor(request.args.get("efter"))
    found = _answers(person, cursor) if which == ANSWERS else _questions(person, cursor)
    return render_template(
        "people/profile.html",
        person=person,
        appointments=appointments_of(person),
        which=which,
        rows=found.rows,
        older=found.next_cursor
        and url_for("people.profile", username=username, vis=which, efter=found.next_cursor),
    )


def _questions(person: Person, cursor: tuple[int, ...] | None) -> Slice[Row]:
    """The colleague's questions, as everyone may see them, each as (id, question)."""
    statement = shown(select(Question)).where(Question.author_id == person.id)
    if cursor:
        statement = statement.where(Question.id < cursor[0])
    statement = statement.order_by(Question.id.desc()).limit(POSTS_ON_A_PAGE + 1)
    rows: Sequence[Row] = [(each.id, each) for each in db.session.scalars(statement)]
    return cut(rows, lambda row: row[0], POSTS_ON_A_PAGE)


def _answers(person: Person, cursor: tuple[int, ...] | None) -> Slice[Row]:
    """The colleague's answers that everyone may see, each as (id, the question it is to)."""
    question = aliased(Question)
    statement = (
        select(Answer.id, question)
        .join(question, question.id == Answer.thread_id)
        .where(Answer.author_id == person.id)
        .where(Answer.hidden_at.is_(None), Answer.deleted_at.is_(None))
        .where(question.hidden_at.is_(None), question.deleted_at.is_(None))
    )
    if cursor:
        statement = statement.where(Answer.id < cursor[0])
    statement = statement.order_by(Answer.id.desc()).limit(POSTS_ON_A_PAGE + 1)
    rows: Sequence[Row] = [(each[0], each[1]) for each in db.session.execute(statement)]
    return cut(rows, lambda row: row[0], POSTS_ON_A_PAGE)
