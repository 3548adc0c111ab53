"""“Det var svaret”: the question that was being written need not be asked."""

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, flash_undo, read_form
from midtlink.questions.models import Question
from midtlink.questions.queries import get_question
from midtlink.questions.queries.duplicates import find_originals
from midtlink.refusals import BadInput, Refused
from midtlink.search import sparing
from midtlink.search.views.blueprint import pages

FIELDS = ("title", "body", "system", "tags")


@pages.post("/q/<id:question_id>/det-var-svaret")
@allow(MEMBER)
def spare(question_id: int) -> Response:
    """End the asking and go to the answer; the message offers to take that back."""
    typed = read_form(*FIELDS)
    try:
        question = in_transaction(lambda: _spare(question_id, typed))
    except Refused as refused:
        raise BadInput(refused.field) from refused
    thanks = _("Godt, du fandt svaret – du sparede dine kolleger for et spørgsmål.")
    flash_undo(thanks, url_for("search.unspare", question_id=question.id))
    return redirect(f"/post/{question.accepted_answer_id or question.id}", 303)


@pages.post("/q/<id:question_id>/stil-alligevel")
@allow(MEMBER)
def unspare(question_id: int) -> Response:
    """Go on with the question that was being written."""
    try:
        in_transaction(lambda: sparing.unspare(question_id, by=current_person()))
    except Refused:
        flash_undo(
            _("Du er begyndt på et nyt spørgsmål. Send det eller slet kladden, og fortryd så."),
            url_for("search.unspare", question_id=question_id),
        )
    return redirect(url_for("questions.ask_page"), 303)


def _spare(question_id: int, typed: Typed) -> Question:
    person = current_person()
    question = get_question(question_id, seen_by=person)
    question = find_originals([question], seen_by=person).get(question.id, question)
    sparing.spare(
        question,
        title=typed["title"],
        source=typed["body"],
        tags=typed["tags"],
        system_slug=typed["system"],
        by=person,
    )
    return question
