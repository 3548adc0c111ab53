"""A colleague's page: who they are, what they know, whom they have helped, what they wrote."""

from collections.abc import Sequence
from typing import Any

from flask import render_template, request, url_for
from flask_babel import format_decimal
from sqlalchemy import select
from sqlalchemy.orm import aliased

from midtlink.access import MEMBER, allow, current_person
from midtlink.extensions import db
from midtlink.paging import Slice, cut, read_cursor
from midtlink.people import queries
from midtlink.people.models import Person
from midtlink.people.policy import may_follow_person, may_see_points
from midtlink.people.views.blueprint import pages
from midtlink.questions.models import Answer, Question
from midtlink.questions.queries import shown
from midtlink.refusals import BadInput
from midtlink.reputation.badges.queries import badges_of
from midtlink.reputation.experts import known_of
from midtlink.reputation.helped import helped_by
from midtlink.reputation.thanks import list_thanks_to
from midtlink.topics.queries import appointments_of

POSTS_ON_A_PAGE = 10
#: Thanks that stand beside the answers; all of them are behind a tab.
THANKS_SHOWN = 3
ANSWERS, QUESTIONS, THANKS = "svar", "spoergsmaal", "tak"

Row = tuple[int, Question]


@pages.get("/p/<username>")
@allow(MEMBER)
def profile(username: str) -> str:
    """Show a colleague, with their latest answers, questions or thanks."""
    viewer = current_person()
    person, is_followed = queries.get_colleague(username, seen_by=viewer)
    which, cursor = request.args.get("vis", ANSWERS), read_cursor(request.args.get("efter"))
    if which not in (ANSWERS, QUESTIONS, THANKS):
        raise BadInput("vis")
    found, thanks = _shown(person, viewer, which, cursor)
    sees_points, appointments = may_see_points(viewer, person), appointments_of(person)
    return render_template(
        "people/profile.html",
        person=person,
        is_own=person.id == viewer.id,
        is_followed=is_followed,
        may_follow=is_followed or may_follow_person(viewer, person),
        points=format_decimal(person.reputation) if sees_points else None,
        appointments=appointments,
        on_duty_until=next((each.on_duty_until for each in appointments if each.is_on_duty), None),
        known=known_of(person, seen_by=viewer),
        badges=badges_of(person, seen_by=viewer),
        helped=helped_by(person, seen_by=viewer),
        thanks=thanks.rows,
        has_more_thanks=thanks.next_cursor is not None,
        which=which,
        rows=found.rows,
        older=_older(username, which, found.next_cursor),
    )


def _shown(
    person: Person, viewer: Person, which: str, cursor: tuple[int, ...] | None
) -> tuple[Slice[Any], Slice[Any]]:
    """Return the rows of the tab, and the thanks to show beside it."""
    if which == THANKS:
        after = cursor[0] if cursor else None
        thanks = list_thanks_to(person, seen_by=viewer, after=after, limit=POSTS_ON_A_PAGE)
        return thanks, Slice([], None)
    found = _answers(person, cursor) if which == ANSWERS else _questions(person, cursor)
    return found, list_thanks_to(person, seen_by=viewer, limit=THANKS_SHOWN)


def _older(username: str, which: str, cursor: str | None) -> str | None:
    return cursor and url_for("people.profile", username=username, vis=which, efter=cursor)


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
