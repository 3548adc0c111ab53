"""Naming colleagues while one writes: who could be meant, what it links to, what was too much."""

from collections.abc import Mapping, Sequence

from flask import flash, render_template, request
from flask_babel import gettext as _

from midtlink import markup
from midtlink.access import MEMBER, NotFound, allow, current_person
from midtlink.people.models import Person
from midtlink.people.rules import LONGEST_USERNAME
from midtlink.questions.mentioning import left_out, read_mentions
from midtlink.questions.models import QUESTION, Post
from midtlink.questions.queries import get_post
from midtlink.questions.queries.mentionable import list_mentionable
from midtlink.questions.rules import MOST_MENTIONS, MOST_OF_KIND
from midtlink.questions.views.blueprint import pages
from midtlink.refusals import BadInput

#: What the address says of a text that is not a post yet.
NEW = "0"
WORDS_TOLD = 3


@pages.get("/omtale")
@allow(MEMBER, renews=False)
def mentionable() -> str:
    """Show who could be meant by the letters after an @."""
    person = current_person()
    thread = _thread(request.args.get("question_id", ""), person)
    typed = request.args.get("q", "")[:LONGEST_USERNAME]
    options = list_mentionable(typed, by=person, thread=thread)
    return render_template("questions/fragments/mentions.html", options=options)


def links_of_typed(body: str) -> Mapping[str, str]:
    """Return what the words of a text become links to, where the address says it is of a post.

    Raises markup.TextTooLarge.
    """
    of_post = request.args.get("post", "")
    person = current_person()
    if not of_post:
        return markup.NOBODY
    author_id = person.id if of_post == NEW else _post(of_post, person).author_id
    return read_mentions(body, author_id=author_id).links


def tell_left_out(post: Post) -> None:
    """Tell the author which words name more than one post may."""
    words = left_out(post)
    if not words:
        return
    said = _(
        "%(words)s står kun som tekst. Et indlæg kan nævne højst %(most)s, heraf %(teams)s hold "
        "af superbrugere og %(departments)s afdeling.",
        words=_listed(words),
        most=MOST_MENTIONS,
        teams=MOST_OF_KIND["team"],
        departments=MOST_OF_KIND["department"],
    )
    flash(said, "info")


def _listed(words: Sequence[str]) -> str:
    """Return the first words: the message travels in a cookie, which holds little."""
    more = ["…"] if len(words) > WORDS_TOLD else []
    return ", ".join([*(f"@{word}" for word in words[:WORDS_TOLD]), *more])


def _thread(typed: str, person: Person) -> Post | None:
    """Return the question that is being written about. Raises NotFound."""
    if not typed:
        return None
    post = _post(typed, person)
    if post.kind != QUESTION:
        raise NotFound(typed)
    return post


def _post(typed: str, person: Person) -> Post:
    if not typed.isascii() or not typed.isdigit() or len(typed) > 10:
        raise BadInput("post")
    return get_post(int(typed), seen_by=person)
