"""Closing a question: why, or which other question holds the answers."""

import re

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, NotAllowed, NotFound, allow, current_person
from midtlink.people.models import Person
from midtlink.questions import forms, policy
from midtlink.questions.closing import close, close_as_duplicate
from midtlink.questions.models import Question
from midtlink.questions.queries import get_question
from midtlink.questions.queries.knowing import knows_topic
from midtlink.questions.rules import DUPLICATE
from midtlink.questions.views.blueprint import LARGEST_ID, pages
from midtlink.questions.views.parts import anchor
from midtlink.refusals import Refused

FIELDS = ("reason", "duplicate_of", "note")
#: A question's number alone, or at the end of /q/ or /s/ in an address.
NUMBER = re.compile(r"(?:.*/[qs]/)?#?([0-9]{1,10})(?:[/?#].*)?", re.S)


@pages.get("/q/<id:question_id>/lukning")
@allow(MEMBER)
def close_page(question_id: int) -> str:
    """Ask why."""
    return _form(_closable(question_id, current_person()), forms.Typed({}))


@pages.post("/q/<id:question_id>/lukning")
@allow(MEMBER)
def close_question(question_id: int) -> Response | tuple[str, int]:
    """Close the question."""
    typed = forms.read_form(*FIELDS)
    closed = forms.attempt(typed, lambda: _close(question_id, typed))
    if closed is None:
        return _form(_closable(question_id, current_person()), typed), typed.status
    flash(_("Spørgsmålet er lukket. Det kan åbnes igen under Mere."), "success")
    person = current_person()
    return redirect(anchor(get_question(question_id, seen_by=person), seen_by=person), 303)


def _closable(question_id: int, person: Person) -> Question:
    question = get_question(question_id, seen_by=person)
    if not policy.may_close_as_duplicate(
        person, question, knows_topic=knows_topic(question, person)
    ):
        raise NotAllowed(person, "close", question)
    return question


def _close(question_id: int, typed: forms.Typed) -> bool:
    person, reason = current_person(), typed["reason"]
    question = get_question(question_id, seen_by=person)
    if not reason:
        raise Refused("reason", "missing")
    if reason == DUPLICATE:
        close_as_duplicate(question, of=_other(typed["duplicate_of"], person), by=person)
    else:
        close(question, reason=reason, note=typed["note"], by=person, not_cpr=typed.not_cpr)
    return True


def _other(typed: str, person: Person) -> Question:
    match = NUMBER.fullmatch(typed.strip())
    if match is None or int(match[1]) > LARGEST_ID:
        raise Refused("of", "unknown")
    try:
        return get_question(int(match[1]), seen_by=person)
    except NotFound:
        raise Refused("of", "unknown") from None


def _form(question: Question, typed: forms.Typed) -> str:
    return render_template(
        "questions/close.html",
        question=question,
        typed=typed,
        reasons=list(forms.CLOSING_WORDS.items()),
        may_close=policy.may_close(current_person(), question),
    )
