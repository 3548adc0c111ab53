"""Making one tag of two."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import guarding
from midtlink.access import MODERATOR, allow, current_person
from midtlink.forms import Typed
from midtlink.questions.queries.by_topic import count_about
from midtlink.refusals import Refused
from midtlink.texts import isolated
from midtlink.topics import forms
from midtlink.topics.models import Tag
from midtlink.topics.queries import find_tag, get_row, get_tag
from midtlink.topics.tagging import merge_tags
from midtlink.topics.views.address import redirect_to_tag
from midtlink.topics.views.blueprint import pages


@pages.get("/tag/<word>/sammenlaegning")
@allow(MODERATOR)
def merge_page(word: str) -> str:
    """Ask which tag this one is the same as."""
    return _page(get_tag(word), Typed({}))


@pages.post("/tag/<word>/sammenlaegning")
@allow(MODERATOR)
def merge(word: str) -> Response | tuple[str, int]:
    """Make the tag another word for the one that was typed."""
    typed = forms.read_form("into")
    tag = forms.attempt(typed, lambda: _merge(word, typed))
    if tag is None:
        return _page(get_tag(word), typed), typed.status
    flash(_("Emneordene er lagt sammen til %(tag)s.", tag=isolated(tag.name)), "success")
    return redirect_to_tag(tag)


def _merge(word: str, typed: Typed) -> Tag:
    tag, into = get_row(word), find_tag(typed["into"])
    if into is None:
        guarding.check({"into": typed["into"]}, overruled=typed.not_cpr)
        raise Refused("into", "unknown_tag")
    return merge_tags(tag, into=into, by=current_person())


def _page(tag: Tag, typed: Typed) -> str:
    count = count_about(tag_id=tag.id)
    return render_template("topics/merge.html", tag=tag, typed=typed, count=count)
