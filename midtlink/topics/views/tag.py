"""A tag's page: what the word means, and the questions that have it."""

from collections.abc import Callable

from flask import flash, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, flash_following
from midtlink.pages import redirect_back
from midtlink.questions.queries.by_topic import summary_of_tag
from midtlink.questions.queries.known_tags import known_to
from midtlink.reputation.experts import list_experts
from midtlink.reputation.ledger.topic_standing import TAG
from midtlink.topics import forms, policy
from midtlink.topics.following import follow_tag, unfollow_tag
from midtlink.topics.models import Tag
from midtlink.topics.queries import get_tag, list_synonyms
from midtlink.topics.tagging import describe_tag, description_version
from midtlink.topics.views.address import redirect_to_tag, tag_address
from midtlink.topics.views.blueprint import pages
from midtlink.topics.views.listing import listing

FIELDS = ("excerpt", "body", "version")


@pages.get("/tag/<word>")
@allow(MEMBER)
def tag(word: str) -> Response | str:
    """Show a tag and its questions; another spelling or a synonym leads to the tag."""
    tag, person = _tag(word), current_person()
    if tag.word != word:
        return redirect_to_tag(tag, 302)
    return render_template(
        "topics/tag.html",
        tag=tag,
        summary=summary_of_tag(tag.id, seen_by=person),
        synonyms=list_synonyms(tag),
        experts=list_experts(TAG, tag.id),
        may_describe=policy.may_describe(person, tag),
        may_join=policy.may_join_tags(person),
        page=listing("topics.tag", {"word": word}, tag_id=tag.id),
    )


@pages.post("/tag/<word>/foelg")
@allow(MEMBER)
def follow_tag_form(word: str) -> Response:
    """Follow the tag, or stop: as the form wants it."""
    wanted = forms.is_wanted()
    verb = follow_tag if wanted else unfollow_tag
    tag = in_transaction(lambda: _follow(verb, word))
    flash_following(tag.name, tag_address(tag), is_followed=wanted)
    return redirect_back(tag_address(tag))


@pages.get("/tag/<word>/rediger")
@allow(MEMBER)
def describe_page(word: str) -> str:
    """Ask what the tag means."""
    tag = _tag(word)
    known = {"excerpt": tag.excerpt, "body": tag.description, "version": description_version(tag)}
    return _form(tag, Typed(known))


@pages.post("/tag/<word>/rediger")
@allow(MEMBER)
def describe(word: str) -> Response | tuple[str, int]:
    """Save what the tag means."""
    typed = forms.read_form(*FIELDS)
    tag = forms.attempt(typed, lambda: _describe(word, typed))
    if tag is None:
        return _form(_tag(word), typed), typed.status
    flash(_("Beskrivelsen er gemt."), "success")
    return redirect_to_tag(tag)


def _follow(verb: Callable[..., None], word: str) -> Tag:
    tag = _tag(word)
    verb(tag, by=current_person())
    return tag


def _describe(word: str, typed: Typed) -> Tag:
    tag = _tag(word)
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


def _tag(word: str) -> Tag:
    return get_tag(word, among=known_to(current_person()))
