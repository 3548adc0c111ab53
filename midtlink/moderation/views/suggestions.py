"""Edits that colleagues suggest, for those who may take them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.moderation.views.blueprint import pages, read_choice
from midtlink.questions import forms
from midtlink.questions.diffing import word_diff
from midtlink.questions.models import Question
from midtlink.questions.policy import may_decide
from midtlink.questions.queries import get_suggestion, list_suggestions
from midtlink.questions.records import SuggestedEdit
from midtlink.questions.suggesting import decide_suggestion
from midtlink.refusals import BadInput


@pages.get("/forslag")
@allow(MEMBER)
def suggestions() -> str:
    """List the suggested edits that wait for this person, and their own."""
    thread_id = _read_thread()
    found = list_suggestions(
        seen_by=current_person(), question_id=thread_id, cursor=request.args.get("efter")
    )
    following = found.next_cursor
    older = url_for(".suggestions", efter=following, traad=thread_id) if following else None
    return render_template("moderation/suggestions.html", suggestions=found, older=older)


@pages.get("/forslag/<id:suggestion_id>")
@allow(MEMBER)
def suggestion(suggestion_id: int) -> str:
    """Show what a suggested edit would change."""
    return _page(get_suggestion(suggestion_id, seen_by=current_person()), forms.Typed({}))


@pages.post("/forslag/<id:suggestion_id>/afgoerelse")
@allow(MEMBER)
def decide_suggested(suggestion_id: int) -> Response | tuple[str, int]:
    """Take a suggested edit, or decline it."""
    typed = forms.read_form("because", "accept")
    if forms.attempt(typed, lambda: _decide(suggestion_id, read_choice("accept"), typed)) is None:
        return _page(get_suggestion(suggestion_id, seen_by=current_person()), typed), typed.status
    accept = read_choice("accept")
    flash(_("Rettelsen er taget med.") if accept else _("Forslaget er afslået."), "success")
    post_id = get_suggestion(suggestion_id, seen_by=current_person()).post_id
    return redirect(f"/post/{post_id}" if accept else "/forslag", 303)


def _read_thread() -> int | None:
    typed = request.args.get("traad")
    if typed is None:
        return None
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise BadInput("traad")
    return int(typed)


def _decide(suggestion_id: int, accept: bool, typed: forms.Typed) -> bool:
    person = current_person()
    found = get_suggestion(suggestion_id, seen_by=person)
    decide_suggestion(found, accept, because=typed["because"], by=person, not_cpr=typed.not_cpr)
    return True


def _page(suggested: SuggestedEdit, typed: forms.Typed) -> str:
    post = suggested.post
    is_question = isinstance(post, Question)
    tags = " ".join(sorted(tag.name for tag in post.tags)) if isinstance(post, Question) else ""
    title = post.title if isinstance(post, Question) else ""
    return render_template(
        "moderation/suggestion.html",
        suggestion=suggested,
        thread_title=post.question.title,
        typed=typed,
        may_decide=may_decide(current_person(), suggested),
        is_outdated=suggested.revision_number != post.revision_number,
        title_diff=word_diff(title, suggested.title)
        if is_question and title != suggested.title
        else [],
        tags_diff=word_diff(tags, suggested.tags) if is_question and tags != suggested.tags else [],
        body_diff=word_diff(post.source, suggested.source),
    )
