"""Hiding a post and showing it again; removing a text for ever."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, MODERATOR, NotAllowed, allow, current_person
from midtlink.events import in_transaction
from midtlink.moderation import policy
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.moderation.views.blueprint import back_to, pages
from midtlink.questions import forms
from midtlink.questions.policy import may_read
from midtlink.questions.queries import get_post


@pages.post("/post/<id:post_id>/skjul")
@allow(MODERATOR)
def hide_post(post_id: int) -> Response:
    """Hide a post from everybody else."""

    def work() -> None:
        hide(get_post(post_id, seen_by=current_person()), by=current_person())

    in_transaction(work)
    forms.flash_undo(_("Det er skjult for alle andre end moderatorer."), f"/post/{post_id}/vis")
    return redirect(f"/post/{post_id}", 303)


@pages.post("/post/<id:post_id>/vis")
@allow(MODERATOR)
def restore_post(post_id: int) -> Response:
    """Let everybody see a hidden post again."""

    def work() -> None:
        restore(get_post(post_id, seen_by=current_person()), by=current_person())

    in_transaction(work)
    flash(_("Alle kan se det igen."), "success")
    return redirect(f"/post/{post_id}", 303)


@pages.get("/post/<id:post_id>/fjern-tekst")
@allow(MEMBER)
def redact_page(post_id: int) -> str:
    """Ask once more before a text is removed for ever."""
    person = current_person()
    post = get_post(post_id, seen_by=person)
    if not policy.may_redact(person, post):
        raise NotAllowed(person, "redact", post)
    is_readable = may_read(person, post.question)
    title = post.question.title if is_readable else _("Skjult spørgsmål")
    return render_template("moderation/redact.html", post=post, thread_title=title)


@pages.post("/post/<id:post_id>/fjern-tekst")
@allow(MEMBER)
def redact_post(post_id: int) -> Response:
    """Remove a text for ever."""

    def work() -> int:
        post = get_post(post_id, seen_by=current_person())
        redact(post, by=current_person())
        return post.question_id

    question_id = in_transaction(work)
    flash(_("Teksten er fjernet for altid."), "success")
    return redirect(back_to(post_id, question_id), 303)
