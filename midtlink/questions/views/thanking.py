"""The asker's thanks for an answer: given under it, taken back, given again."""

from collections.abc import Callable

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.questions import forms
from midtlink.questions.models import Answer
from midtlink.questions.queries import get_answer, get_question
from midtlink.questions.views.blueprint import pages
from midtlink.questions.views.parts import anchor
from midtlink.questions.views.thread_page import thread_page
from midtlink.reputation.thanking import give_thanks, restore_thanks, withdraw_thanks


@pages.post("/post/<id:post_id>/tak")
@allow(MEMBER)
def thank(post_id: int) -> Response | tuple[str, int]:
    """Thank for an answer, with a few words or none."""
    typed = forms.read_form("message")
    answer = forms.attempt(typed, lambda: _give(post_id, typed))
    if answer is None:
        person = current_person()
        question_id = get_answer(post_id, seen_by=person).question_id
        question = get_question(question_id, seen_by=person)
        page = thread_page(question, person, thanks=(post_id, typed))
        return render_template("questions/question.html", page=page), typed.status
    forms.flash_undo(_("Din tak er sendt."), f"/post/{post_id}/tak/fortryd")
    return redirect(anchor(answer, seen_by=current_person()), 303)


@pages.post("/post/<id:post_id>/tak/fortryd")
@allow(MEMBER)
def take_thanks_back(post_id: int) -> Response:
    """Take thanks back; the message offers the asker to give them again."""
    answer = _do(withdraw_thanks, post_id)
    if answer.question.author_id == current_person().id:
        forms.flash_undo(_("Din tak er trukket tilbage."), f"/post/{post_id}/tak/igen")
    else:
        flash(_("Takken og dens ord er fjernet."), "success")
    return redirect(anchor(answer, seen_by=current_person()), 303)


@pages.post("/post/<id:post_id>/tak/igen")
@allow(MEMBER)
def thank_again(post_id: int) -> Response:
    """Give again the thanks that one took back."""
    answer = _do(restore_thanks, post_id)
    flash(_("Din tak er her igen."), "success")
    return redirect(anchor(answer, seen_by=current_person()), 303)


def _give(post_id: int, typed: forms.Typed) -> Answer:
    person = current_person()
    answer = get_answer(post_id, seen_by=person)
    give_thanks(answer, message=typed["message"], by=person, not_cpr=typed.not_cpr)
    return answer


def _do(verb: Callable[..., None], post_id: int) -> Answer:
    """Do something about the thanks for an answer, in a transaction."""

    def work() -> Answer:
        person = current_person()
        answer = get_answer(post_id, seen_by=person)
        verb(answer, by=person)
        return answer

    return in_transaction(work)
