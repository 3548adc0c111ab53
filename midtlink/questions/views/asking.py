"""Asking: the form, what is similar while one types, and how a text will look."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import markup
from midtlink.access import MEMBER, allow, current_person
from midtlink.forms import is_ticked
from midtlink.questions import forms
from midtlink.questions.asking import ask
from midtlink.questions.models import Question
from midtlink.questions.queries import find_draft
from midtlink.questions.records import Draft
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.questions.views.blueprint import pages
from midtlink.questions.views.mentioning import links_of_typed, tell_left_out
from midtlink.questions.views.parts import address
from midtlink.search.finding import find_similar
from midtlink.search.forms import read_sought
from midtlink.search.settling import BY_QUESTION, settle
from midtlink.topics.queries import list_systems, suggest_system
from midtlink.topics.rules import split_tags

FIELDS = ("title", "body", "system", "tags")


@pages.get("/spoerg")
@allow(MEMBER)
def ask_page() -> str:
    """Show the form, with the draft of last time or the words that were searched for."""
    draft = find_draft("question", 0, by=current_person())
    typed = forms.Typed(_values(draft))
    typed.values["title"] = typed["title"] or request.args.get("titel", "")[:LONGEST_TITLE]
    return _form(typed, draft)


@pages.post("/spoerg")
@allow(MEMBER)
def ask_question() -> Response | tuple[str, int]:
    """Ask, and go to the question; or only look for similar ones, where no script does."""
    typed = forms.read_form(*FIELDS)
    if is_ticked("look"):
        return _form(typed), typed.status
    question = forms.attempt(typed, lambda: _ask(typed))
    if question is None:
        return _form(typed), typed.status
    flash(_sent(), "success")
    tell_left_out(question)
    return redirect(address(question, seen_by=current_person()), 303)


@pages.post("/lignende")
@allow(MEMBER, renews=False)
def similar() -> str:
    """Show questions like what is being typed, and the system it seems to be about."""
    typed = forms.read_form(*FIELDS)
    is_suggested = _suggest(typed)
    return render_template(
        "questions/fragments/similar.html",
        similar=_similar(typed),
        typed=typed,
        is_suggested=is_suggested,
        systems=_systems() if is_suggested else [],
    )


@pages.post("/vis-tekst")
@allow(MEMBER, renews=False)
def preview() -> str:
    """Show how the text of a form will look."""
    body = request.form.get("body", "")
    try:
        html = markup.render(body, mentions=links_of_typed(body))
    except markup.TextTooLarge:
        html = ""
    return render_template("questions/fragments/preview.html", html=html)


def _sent() -> str:
    if read_sought(request.form):
        return _("Dit spørgsmål er sendt. Skriv nu svaret under det, så andre kan finde det.")
    return _("Dit spørgsmål er sendt.")


def _ask(typed: forms.Typed) -> Question:
    """Ask; who was asked to by a search that found nothing has seen to that with it."""
    question = ask(
        title=typed["title"],
        body=typed["body"],
        system_slug=typed["system"],
        tags=split_tags(typed["tags"]),
        by=current_person(),
        submission_key=typed.key,
        not_cpr=typed.not_cpr,
    )
    if sought := read_sought(request.form):
        settle(sought, BY_QUESTION, question=question, by=current_person())
    return question


def _form(typed: forms.Typed, draft: Draft | None = None) -> str:
    searched = request.args.get("titel", "")[:LONGEST_TITLE].strip()
    is_other = _is_other(draft, searched)
    is_suggested = _suggest(typed)
    return render_template(
        "questions/ask.html",
        typed=typed,
        draft=draft,
        is_other=is_other,
        similar=[] if is_other else _similar(typed),
        systems=_systems(),
        is_suggested=is_suggested,
        searched=searched,
        sought=read_sought(request.values),
    )


def _is_other(draft: Draft | None, searched: str) -> bool:
    """Say whether the draft is about something else than what was searched for."""
    if draft is None or not searched or not (draft.title.strip() or draft.source.strip()):
        return False
    return draft.title.strip() != searched


def _suggest(typed: forms.Typed) -> bool:
    """Suggest a system from the title, unless the person has chosen one or none by hand."""
    before = request.form.get("suggested", "")
    typed.values["suggested"] = before
    if typed["system"] != before or not typed["title"].strip():
        return False
    system = suggest_system(typed["title"][:LONGEST_TITLE])
    typed.values["system"] = typed.values["suggested"] = system.slug if system else ""
    return system is not None


def _similar(typed: forms.Typed) -> list[Question]:
    return find_similar(typed["title"][:LONGEST_TITLE], typed["body"], by=current_person())


def _systems() -> list[tuple[str, str]]:
    return [(system.slug, system.name) for system in list_systems()]


def _values(draft: Draft | None) -> dict[str, str]:
    if draft is None:
        return {}
    return {
        "title": draft.title,
        "body": draft.source,
        "system": draft.system_slug,
        "tags": draft.tags,
    }
