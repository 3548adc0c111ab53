"""Other words for a tag."""

from collections.abc import Callable
from functools import partial

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MODERATOR, allow, current_person
from midtlink.forms import Typed
from midtlink.texts import isolated
from midtlink.topics import forms
from midtlink.topics.models import Tag
from midtlink.topics.queries import get_tag, list_synonyms
from midtlink.topics.rules import split_tags
from midtlink.topics.tagging import add_synonym, remove_synonym
from midtlink.topics.views.blueprint import pages


@pages.get("/tag/<word>/synonymer")
@allow(MODERATOR)
def synonyms(word: str) -> str:
    """Show the other words for a tag."""
    return _page(get_tag(word), Typed({}))


@pages.post("/tag/<word>/synonymer")
@allow(MODERATOR)
def save_synonym(word: str) -> Response | tuple[str, int]:
    """Add another word for a tag, or let a word stand alone again: as the form wants it."""
    typed, is_wanted = forms.read_form("synonym"), forms.is_wanted()
    add = partial(add_synonym, not_cpr=typed.not_cpr)
    verb = add if is_wanted else remove_synonym
    tag = forms.attempt(typed, lambda: _save(verb, word, typed["synonym"]))
    if tag is None:
        return _page(get_tag(word), typed), typed.status
    added = _("Ordet er nu et andet ord for %(tag)s.", tag=isolated(tag.name))
    flash(added if is_wanted else _("Ordet er nu et emneord for sig selv."), "success")
    return redirect(url_for("topics.synonyms", word=tag.word), 303)


def _save(verb: Callable[..., object], word: str, typed: str) -> Tag:
    tag = get_tag(word)
    for name in split_tags(typed) or [typed]:
        verb(tag, name, by=current_person())
    return tag


def _page(tag: Tag, typed: Typed) -> str:
    return render_template(
        "topics/synonyms.html", tag=tag, typed=typed, synonyms=list_synonyms(tag)
    )
