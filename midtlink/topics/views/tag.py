"""A tag's page: what the word means, and the questions that have it."""

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed
from midtlink.pages import redirect_back
from midtlink.questions.queries.by_topic import count_about
from midtlink.topics import forms, policy
from midtlink.topics.following import follow_tag, unfollow_tag
from midtlink.topics.models import Tag
from midtlink.topics.queries import follows_tag, get_tag, list_synonyms
from midtlink.topics.tagging import describe_tag, description_version
from midtlink.topics.views.address import redirect_to_tag, tag_address
from midtlink.topics.views.blueprint import pages
from midtlink.topics.views.listing import listing

FIELDS = ("excerpt", "body", "version")


@pages.get("/tag/<name>")
@allow(MEMBER)
def tag(name: str) -> Response | str:
    """Show a tag and its questions; another spelling or a synonym leads to the tag."""
    tag, person = get_tag(name), current_person()
    if tag.name != name:
        return redirect_to_tag(tag, 302)
    return render_template(
        "topics/tag.html",
        tag=tag,
        count=count_about(tag_id=tag.id),
        synonyms=list_synonyms(tag),
        is_followed=follows_tag(person, tag),
        may_describe=policy.may_describe(person, tag),
        may_join=policy.may_join_tags(person),
        page=listing("topics.tag", {"name": name}, tag_id=tag.id),
    )


@pages.post("/tag/<name>/foelg")
@allow(MEMBER)
def follow_tag_form(name: str) -> Response:
    """Follow the tag, or stop: as the form wants it."""
    verb = follow_tag if forms.is_wanted() else unfollow_tag
    in_transaction(lambda: verb(get_tag(name), by=current_person()))
    return redirect_back(tag_address(get_tag(name)))


@pages.get("/tag/<name>/rediger")
@allow(MEMBER)
def describe_page(name: str) -> str:
    """Ask what the tag means."""
    tag = get_tag(name)
    known = {"excerpt": tag.excerpt, "body": tag.description, "version": description_version(tag)}
    return _form(tag, Typed(known))


@pages.post("/tag/<name>/rediger")
@allow(MEMBER)
def describe(name: str) -> Response | tuple[str, int]:
    """Save what the tag means."""
    typed = forms.read_form(*FIELDS)
    tag = forms.attempt(typed, lambda: _describe(name, typed))
    if tag is None:
        return _form(get_tag(name), typed), typed.status
    flash(_("Beskrivelsen er gemt."), "success")
    return redirect_to_tag(tag)


def _describe(name: str, typed: Typed) -> Tag:
    tag = get_tag(name)
    describe_tag(
        tag,
        excerpt=typed["excerpt"],
        description=typed["body"],
        version=typed["version"],
        by=current_person(),
        not_cpr=typed.not_cpr,
    )
    return tag


def _form(tag: Tag, typed: Typed) -> str:
    return render_template("topics/describe.html", tag=tag, typed=typed)
