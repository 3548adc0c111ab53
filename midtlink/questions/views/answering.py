"""Answering and commenting: what is refused is shown again on the question's page."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.questions import forms
from midtlink.questions.answering import answer
from midtlink.questions.commenting import comment
from midtlink.questions.models import Post
from midtlink.questions.queries import get_post, get_question
from midtlink.questions.views.blueprint import pages
from midtlink.questions.views.mentioning import tell_left_out
from midtlink.questions.views.parts import anchor
from midtlink.questions.views.thread_page import thread_page


@pages.post("/q/<id:question_id>/svar")
@allow(MEMBER)
def give_answer(question_id: int) -> Response | tuple[str, int]:
    """Answer a question, and show the answer in its place."""
    typed = forms.read_form("body")
    given = forms.attempt(typed, lambda: _answer(question_id, typed))
    if given is None:
        person = current_person()
        page = thread_page(get_question(question_id, seen_by=person), person, answer=typed)
        return render_template("questions/question.html", page=page), typed.status
    flash(_("Tak for dit svar."), "success")
    tell_left_out(given)
    return redirect(anchor(given, seen_by=current_person()), 303)


@pages.post("/post/<id:post_id>/kommentar")
@allow(MEMBER)
def make_comment(post_id: int) -> Response | tuple[str, int]:
    """Comment on a question or an answer."""
    typed = forms.read_form("body")
    made = forms.attempt(typed, lambda: _comment(post_id, typed))
    if made is None:
        person = current_person()
        post = get_post(post_id, seen_by=person)
        page = thread_page(
            get_question(post.question_id, seen_by=person), person, comment=(post_id, typed)
        )
        return render_template("questions/question.html", page=page), typed.status
    flash(_("Din kommentar er sendt."), "success")
    tell_left_out(made)
    return redirect(anchor(made, seen_by=current_person()), 303)


def _answer(question_id: int, typed: forms.Typed) -> Post:
    person = current_person()
    return answer(
        get_question(question_id, seen_by=person),
        body=typed["body"],
        by=person,
        submission_key=typed.key,
        not_cpr=typed.not_cpr,
    )


def _comment(post_id: int, typed: forms.Typed) -> Post:
    person = current_person()
    return comment(
        get_post(post_id, seen_by=person),
        body=typed["body"],
        by=person,
        submission_key=typed.key,
        not_cpr=typed.not_cpr,
    )
