"""Reporting a post: one press for patient data, a reason for the rest."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, NotAllowed, allow, current_person
from midtlink.moderation.flagging import flag
from midtlink.moderation.queries import list_own_flags
from midtlink.moderation.views.blueprint import back_to, pages
from midtlink.people.models import Person
from midtlink.questions import forms
from midtlink.questions.models import Post
from midtlink.questions.policy import may_flag
from midtlink.questions.queries import get_post
from midtlink.questions.records import PATIENT_DATA
from midtlink.refusals import Refused


@pages.get("/post/<id:post_id>/meld")
@allow(MEMBER)
def flag_page(post_id: int) -> str:
    """Ask what is wrong."""
    return _flag_form(_flaggable(post_id, current_person()), forms.Typed({}))


@pages.post("/post/<id:post_id>/meld")
@allow(MEMBER)
def flag_post(post_id: int) -> Response | tuple[str, int]:
    """Report a post. Patient data hides it at once."""
    typed = forms.read_form("reason", "note")
    question_id = get_post(post_id, seen_by=current_person()).question_id
    is_new = forms.attempt(typed, lambda: _flag(post_id, typed))
    if is_new is None:
        return _flag_form(_flaggable(post_id, current_person()), typed), typed.status
    if not is_new:
        return redirect(f"/post/{post_id}/meld", 303)
    flash(_thanks(typed["reason"]), "success")
    return redirect(back_to(post_id, question_id), 303)


def _flaggable(post_id: int, person: Person) -> Post:
    post = get_post(post_id, seen_by=person)
    if not may_flag(person, post):
        raise NotAllowed(person, "flag", post)
    return post


def _flag_form(post: Post, typed: forms.Typed) -> str:
    person = current_person()
    reasons = [
        (key, words)
        for key, words in forms.FLAG_WORDS.items()
        if key != PATIENT_DATA and may_flag(person, post, key)
    ]
    return render_template(
        "moderation/flag.html",
        post=post,
        typed=typed,
        thread_title=post.question.title,
        reasons=reasons,
        reported=[
            (forms.FLAG_WORDS[flag.reason], flag.raised_at)
            for flag in list_own_flags(post, by=person)
        ],
    )


def _flag(post_id: int, typed: forms.Typed) -> bool:
    """Report the post, and say whether the person had not done so already."""
    if not typed["reason"]:
        raise Refused("reason", "missing")
    person = current_person()
    post = get_post(post_id, seen_by=person)
    known = {each.reason for each in list_own_flags(post, by=person)}
    flag(
        post,
        reason=typed["reason"],
        note=typed["note"],
        by=person,
        not_cpr=typed.not_cpr,
    )
    return typed["reason"] not in known


def _thanks(reason: str) -> str:
    if reason == PATIENT_DATA:
        return _("Tak. Det er skjult for alle, og en moderator ser på det.")
    return _("Tak. En moderator ser på det.")
