"""Sparing a question: its answer was found while it was written."""

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.drafting import save_draft, set_aside_draft, take_up_draft
from midtlink.questions.models import QUESTION, Question
from midtlink.questions.policy import may_read
from midtlink.search.events import QuestionSpared, SparingTakenBack
from midtlink.search.models import SparedQuestion


def spare(
    question: Question,
    *,
    title: str = "",
    source: str = "",
    tags: str = "",
    system_slug: str = "",
    by: Person | None,
) -> None:
    """Count a question that need not be asked, for this one has its answer; not who wrote it.

    What was typed is set aside, where unspare finds it. Pressing twice counts once. Raises
    Refused for a text too long for its field.
    """
    with transaction():
        if by is None or not may_read(by, question):
            raise NotAllowed(by, "be spared by", question)
        save_draft(QUESTION, title=title, source=source, tags=tags, system_slug=system_slug, by=by)
        if set_aside_draft(question.id, by=by):
            db.session.add(SparedQuestion(question_id=question.id, spared_at=clock.now()))
            publish(QuestionSpared(by_id=None, question_id=question.id))


def unspare(question_id: int, *, by: Person | None) -> None:
    """Take that back: the draft is in the form again. Where none is set aside nothing changes.

    Raises Refused("draft", "begun") while the form holds another draft.
    """
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "take back a sparing")
        if not take_up_draft(question_id, by=by):
            return
        counted = select(SparedQuestion).where(SparedQuestion.question_id == question_id)
        if row := db.session.scalars(counted.order_by(SparedQuestion.id.desc()).limit(1)).first():
            db.session.delete(row)
            publish(SparingTakenBack(by_id=None, question_id=question_id))
