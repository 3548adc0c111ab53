"""Other words for a tag."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MODERATOR, allow, current_person
from midtlink.forms import Typed
from midtlink.topics import forms
from midtlink.topics.models import Tag
from midtlink.topics.queries import get_tag, list_synonyms
from midtlink.topics.tagging import add_synonym, remove_synonym
from midtlink.topics.views.blueprint import pages


@pages.get("/tag/<name>/synonymer")
@allow(MODERATOR)
def synonyms(name: str) -> str:
    """Show the other words for a tag."""
    return _page(get_tag(name), Typed({}))


@pages.post("/tag/<name>/synonymer")
@allow(MODERATOR)
def save_synonym(name: str) -> Response | tuple[str, int]:
    """Add another word for a tag, or let a word stand alone again: as the form wants it."""
    typed, is_wanted = forms.read_form("synonym"), forms.is_wanted()
    verb = add_synonym if is_wanted else remove_synonym
    tag = forms.attempt(typed, lambda: _save(verb, name, typed["synonym"]))
    if tag is None:
        return _page(get_tag(name), typed), typed.status
    added = _("Ordet er nu et andet ord for %(tag)s.", tag=tag.name)
    flash(added if is_wanted else _("Ordet er nu et emneord for sig selv."), "success")
    return redirect(url_for("topics.synonyms", name=tag.name), 303)


def _save(verb: Callable[..., object], name: str, word: str) -> Tag:
    tag = get_tag(name)
    verb(tag, word, by=current_person())
    return tag


def _page(tag: Tag, typed: Typed) -> str:
    return render_template(
        "topics/synonyms.html", tag=tag, typed=typed, synonyms=list_synonyms(tag)
    )
