"""Making one tag of two."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MODERATOR, NotFound, allow, current_person
from midtlink.forms import Typed
from midtlink.questions.queries.by_topic import count_about
from midtlink.refusals import Refused
from midtlink.topics import forms
from midtlink.topics.models import Tag
from midtlink.topics.queries import find_name, find_tag, get_tag
from midtlink.topics.tagging import merge_tags
from midtlink.topics.views.address import redirect_to_tag
from midtlink.topics.views.blueprint import pages


@pages.get("/tag/<name>/sammenlaegning")
@allow(MODERATOR)
def merge_page(name: str) -> str:
    """Ask which tag this one is the same as."""
    return _page(get_tag(name), Typed({}))


@pages.post("/tag/<name>/sammenlaegning")
@allow(MODERATOR)
def merge(name: str) -> Response | tuple[str, int]:
    """Make the tag another word for the one that was typed."""
    typed = forms.read_form("into")
    tag = forms.attempt(typed, lambda: _merge(name, typed["into"]))
    if tag is None:
        return _page(get_tag(name), typed), typed.status
    flash(_("Emneordene er lagt sammen til %(tag)s.", tag=tag.name), "success")
    return redirect_to_tag(tag)


def _merge(name: str, other: str) -> Tag:
    tag, into = find_name(name), find_tag(other)
    if tag is None:
        raise NotFound(name)
    if into is None:
        raise Refused("into", "unknown_tag")
    return merge_tags(tag, into=into, by=current_person())


def _page(tag: Tag, typed: Typed) -> str:
    count = count_about(tag_id=tag.id)
    return render_template("topics/merge.html", tag=tag, typed=typed, count=count)
