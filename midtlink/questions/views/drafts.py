"""Drafts: saved while one types, listed, thrown away."""

from dataclasses import dataclass

from flask import Response, jsonify, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import pgettext
from werkzeug.wrappers import Response as AnyResponse

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import flash_undo, is_wanted
from midtlink.pages import redirect_back, time_of_day
from midtlink.privacy import PatientDataFound
from midtlink.questions.drafting import ASIDE, bring_back, drop_draft, put_aside, save_draft
from midtlink.questions.queries import get_draft, list_drafts, surroundings
from midtlink.questions.records import Draft
from midtlink.questions.views.blueprint import LARGEST_ID, pages
from midtlink.refusals import BadInput, Refused

KINDS = ("question", "answer", "comment", "edit")
EXCERPT = 140


@dataclass(frozen=True)
class Entry:
    """A draft in the list, with where it goes on: "" for one that waits to be brought back."""

    draft: Draft
    heading: str
    kind_words: str
    words: str
    href: str


@pages.post("/kladde")
@allow(MEMBER, renews=False)
def save() -> Response | tuple[Response, int]:
    """Save what is being typed. A CPR number is masked in the draft, not in the open form."""
    kind, about_id = _read_kind(), _read_about()
    form = {name: request.form.get(name, "") for name in ("title", "body", "tags", "system")}
    try:
        draft = in_transaction(lambda: _save(kind, about_id, form))
    except (Refused, PatientDataFound):
        return jsonify(error="refused"), 400
    return jsonify(time=time_of_day(draft.saved_at), masked=draft.is_masked)


@pages.get("/kladder")
@allow(MEMBER)
def drafts() -> str:
    """List the person's drafts."""
    person = current_person()
    titles = surroundings.titles_of_drafts(person)
    entries = [_entry(draft, titles.get(draft.about_id)) for draft in list_drafts(by=person)]
    return render_template("questions/drafts.html", drafts=entries)


@pages.post("/kladder/<id:draft_id>/sletning")
@allow(MEMBER)
def drop(draft_id: int) -> AnyResponse:
    """Throw a draft away."""

    def work() -> None:
        person = current_person()
        draft = get_draft(draft_id, seen_by=person)
        drop_draft(draft.kind, draft.about_id, by=person)

    in_transaction(work)
    return redirect_back("/kladder")


@pages.post("/kladder/<id:draft_id>/til-side")
@allow(MEMBER)
def move(draft_id: int) -> AnyResponse:
    """Let a question that was begun wait while one asks another, or take it up again."""
    waits, person = is_wanted(), current_person()
    change = put_aside if waits else bring_back
    in_transaction(lambda: change(draft_id, by=person))
    if not waits:
        return redirect("/spoerg", 303)
    told = _("Din kladde er lagt til side. Den ligger under Mine kladder.")
    flash_undo(told, f"/kladder/{draft_id}/til-side", wanted="off")
    return redirect_back("/spoerg")


def _save(kind: str, about_id: int, form: dict[str, str]) -> Draft:
    return save_draft(
        kind,
        about_id,
        title=form["title"],
        source=form["body"],
        tags=form["tags"],
        system_slug=form["system"],
        by=current_person(),
    )


def _read_kind() -> str:
    kind = request.form.get("draft_kind", "")
    if kind not in KINDS:
        raise BadInput("draft_kind")
    return kind


def _read_about() -> int:
    typed = request.form.get("draft_about", "") or "0"
    if not typed.isascii() or not typed.isdigit() or len(typed) > 10 or int(typed) > LARGEST_ID:
        raise BadInput("draft_about")
    return int(typed)


def _entry(draft: Draft, title: str | None) -> Entry:
    heading = draft.title or title or _("Uden overskrift")
    return Entry(draft, heading, _kind_words(draft.kind), _excerpt(draft.source), _href(draft))


def _excerpt(source: str) -> str:
    line = " ".join(source.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


def _href(draft: Draft) -> str:
    return {
        "question": "/spoerg",
        "answer": f"/q/{draft.about_id}#dit-svar",
        "comment": f"/post/{draft.about_id}",
        "edit": f"/post/{draft.about_id}/rediger",
        ASIDE: "",
    }[draft.kind]


def _kind_words(kind: str) -> str:
    return {
        "question": pgettext("one", "Spørgsmål"),
        ASIDE: _("Lagt til side"),
        "answer": pgettext("one", "Svar"),
        "comment": _("Kommentar"),
        "edit": _("Rettelse"),
    }[kind]
