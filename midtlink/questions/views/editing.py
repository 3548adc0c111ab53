"""Editing a post, or suggesting that to those who may."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, NotAllowed, allow, current_person
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions import forms, policy
from midtlink.questions.diffing import word_diff
from midtlink.questions.editing import edit
from midtlink.questions.models import Post, Question
from midtlink.questions.queries import find_draft, get_post
from midtlink.questions.records import Draft, Revision, SuggestedEdit
from midtlink.questions.suggesting import suggest_edit
from midtlink.questions.views.blueprint import pages, read_id
from midtlink.questions.views.mentioning import tell_left_out
from midtlink.questions.views.parts import anchor
from midtlink.refusals import Conflict
from midtlink.topics.queries import list_systems
from midtlink.topics.rules import split_tags

FIELDS = ("title", "body", "system", "tags", "summary", "from_revision")


@pages.get("/post/<id:post_id>/rediger")
@allow(MEMBER)
def edit_page(post_id: int) -> str:
    """Show the text in a form, with the draft of last time."""
    person = current_person()
    post = _editable(post_id, person)
    draft = find_draft("edit", post.id, by=person)
    return _form(post, forms.Typed(_values(post, draft)), draft)


@pages.post("/post/<id:post_id>/rediger")
@allow(MEMBER)
def save_edit(post_id: int) -> Response | tuple[str, int]:
    """Save the new text, or send it as a suggestion. A colleague's newer text is never lost."""
    typed, number = forms.read_form(*FIELDS), read_id("from_revision")
    try:
        saved = forms.attempt(typed, lambda: _save(post_id, typed, number))
    except Conflict:
        db.session.rollback()
        return _conflict(_editable(post_id, current_person()), typed), 409
    if saved is None:
        return _form(_editable(post_id, current_person()), typed), typed.status
    is_suggested = isinstance(saved, SuggestedEdit)
    flash(_("Tak. Dit forslag er sendt.") if is_suggested else _("Rettelsen er gemt."), "success")
    person = current_person()
    post = get_post(post_id, seen_by=person)
    if not is_suggested:
        tell_left_out(post)
    return redirect(anchor(post, seen_by=person), 303)


def _editable(post_id: int, person: Person) -> Post:
    post = get_post(post_id, seen_by=person)
    if not policy.may_edit(person, post) and not policy.may_suggest(person, post):
        raise NotAllowed(person, "edit", post)
    return post


def _save(post_id: int, typed: forms.Typed, number: int) -> Revision | SuggestedEdit:
    person = current_person()
    post = _editable(post_id, person)
    do = edit if policy.may_edit(person, post) else suggest_edit
    is_question = isinstance(post, Question)
    return do(
        post,
        title=typed["title"] if is_question else None,
        body=typed["body"],
        tags=split_tags(typed["tags"]) if is_question else None,
        system_slug=typed["system"] if is_question else None,
        summary=typed["summary"],
        from_revision=number,
        by=person,
        not_cpr=typed.not_cpr,
    )


def _values(post: Post, draft: Draft | None) -> dict[str, str]:
    values = {"body": post.source, "from_revision": str(post.revision_number)}
    if isinstance(post, Question):
        values |= {
            "title": post.title,
            "system": post.system.slug if post.system else "",
            "tags": ", ".join(tag.name for tag in post.tags),
        }
    if draft is not None:
        values |= {"body": draft.source}
        values |= {"title": draft.title, "tags": draft.tags, "system": draft.system_slug}
        # A draft that is older than the last edit began from an older text: saving it conflicts.
        is_older = post.edited_at is not None and draft.saved_at < post.edited_at
        values["from_revision"] = str(post.revision_number - is_older)
    return values


def _form(post: Post, typed: forms.Typed, draft: Draft | None = None) -> str:
    may_edit = policy.may_edit(current_person(), post)
    return render_template(
        "questions/edit.html",
        post=post,
        typed=typed,
        draft=draft,
        may_edit=may_edit,
        heading=_("Ret teksten") if may_edit else _("Foreslå en rettelse"),
        send_label=_("Gem rettelsen") if may_edit else _("Send forslaget"),
        systems=[(system.slug, system.name) for system in list_systems()],
    )


def _conflict(post: Post, typed: forms.Typed) -> str:
    return render_template(
        "questions/conflict.html",
        post=post,
        typed=typed,
        difference=word_diff(post.source, typed["body"].replace("\r\n", "\n")),
    )
