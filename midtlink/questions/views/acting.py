"""One press: react, follow, choose an answer, confirm one, delete, reopen. Each can be undone."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.questions import (
    accepting,
    closing,
    confirming,
    deleting,
    following,
    forms,
    reacting,
)
from midtlink.questions.models import QUESTION, Post, Question
from midtlink.questions.queries import (
    get_answer,
    get_post,
    get_post_to_change,
    get_question,
    surroundings,
)
from midtlink.questions.views.blueprint import is_fragment, pages, read_id
from midtlink.questions.views.parts import anchor, view_of
from midtlink.questions.views.thread_page import thread_page
from midtlink.refusals import BadInput, TooMany


@pages.post("/post/<id:post_id>/reaktion")
@allow(MEMBER)
def react(post_id: int) -> Response | str:
    """Set a reaction, or withdraw it."""
    kind = request.form.get("kind", "")
    do = reacting.set_reaction if forms.is_wanted() else reacting.withdraw_reaction

    person = current_person()  # Asked for within, the sign-in would be read again.

    def work() -> tuple[Post, int | None]:
        post = get_post_to_change(post_id, by=person, alone_in=reacting.ALONE)
        return post, do(post, kind, by=person)

    try:
        post, left = in_transaction(work)
        said = forms.votes_left_words(left)
    except TooMany as error:
        if error.args != (reacting.DAY,):
            raise
        post, said = get_post(post_id, seen_by=person), forms.no_votes_words()
    if is_fragment():
        view = view_of(post, person, mine=surroundings.reactions_on(post, person))
        return render_template("questions/fragments/reactions.html", view=view, said=said)
    if said:
        flash(said, "info")
    return _back_to(post)


@pages.post("/q/<id:question_id>/foelg")
@allow(MEMBER)
def follow(question_id: int) -> Response | str:
    """Follow a question, or no longer."""
    wanted = forms.is_wanted()
    do = following.follow if wanted else following.unfollow
    in_transaction(lambda: do(_question(question_id), by=current_person()))
    question = _question(question_id)
    if is_fragment():
        return render_template(
            "questions/fragments/follow.html", question=question, is_following=wanted
        )
    flash(_("Du følger nu spørgsmålet.") if wanted else _("Du følger det ikke længere."), "success")
    return _back_to(question)


@pages.post("/q/<id:question_id>/valgt")
@allow(MEMBER)
def choose(question_id: int) -> Response | str:
    """Choose the answer that solved it, or take the choice back."""
    answer_id, wanted = read_id("answer_id"), forms.is_wanted()
    in_transaction(lambda: _choose(question_id, answer_id, wanted))
    answer = get_answer(answer_id, seen_by=current_person())
    if is_fragment():
        return _choice_fragment(question_id, answer_id)
    flash(_("Svaret er valgt.") if wanted else _("Valget er taget tilbage."), "success")
    return _back_to(answer)


@pages.post("/post/<id:post_id>/bekraeftelse")
@allow(MEMBER)
def confirm(post_id: int) -> Response:
    """Let IT stand behind an answer, or no longer."""
    wanted = forms.is_wanted()
    do = confirming.confirm if wanted else confirming.withdraw_confirmation
    in_transaction(lambda: do(get_answer(post_id, seen_by=current_person()), by=current_person()))
    flash(_("Svaret er bekræftet.") if wanted else _("Bekræftelsen er taget tilbage."), "success")
    return _back_to(get_answer(post_id, seen_by=current_person()))


@pages.post("/q/<id:question_id>/genaabning")
@allow(MEMBER)
def reopen(question_id: int) -> Response:
    """Let a closed question take answers again."""
    in_transaction(lambda: closing.reopen(_question(question_id), by=current_person()))
    flash(_("Spørgsmålet er åbent igen."), "success")
    return _back_to(_question(question_id))


@pages.post("/post/<id:post_id>/sletning")
@allow(MEMBER)
def delete(post_id: int) -> Response:
    """Take a post away; the message offers to take that back."""

    def work() -> Post:
        post = get_post(post_id, seen_by=current_person())
        deleting.delete(post, by=current_person())
        return post

    post = in_transaction(work)
    forms.flash_undo(_("Det er slettet."), f"/post/{post_id}/fortryd-sletning")
    return redirect("/" if post.kind == QUESTION else f"/q/{post.question_id}", 303)


@pages.post("/post/<id:post_id>/fortryd-sletning")
@allow(MEMBER)
def undelete(post_id: int) -> Response:
    """Take a deletion back."""

    def work() -> Post:
        post = get_post(post_id, seen_by=current_person())
        deleting.undelete(post, by=current_person())
        return post

    post = in_transaction(work)
    flash(_("Det er her igen."), "success")
    return _back_to(post)


def _back_to(post: Post) -> Response:
    return redirect(anchor(post, seen_by=current_person()), 303)


def _question(question_id: int) -> Question:
    return get_question(question_id, seen_by=current_person())


def _choose(question_id: int, answer_id: int, wanted: bool) -> None:
    person = current_person()
    answer = get_answer(answer_id, seen_by=person)
    if answer.question_id != question_id:
        raise BadInput("answer_id")
    if wanted:
        accepting.accept_answer(answer, by=person)
    else:
        accepting.withdraw_acceptance(get_question(question_id, seen_by=person), by=person)


def _choice_fragment(question_id: int, answer_id: int) -> str:
    page = thread_page(_question(question_id), current_person())
    return render_template("questions/fragments/choice.html", page=page, pressed_id=answer_id)
