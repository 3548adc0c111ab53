"""The page of everything one can ask about and follow."""

from flask import render_template, request

from midtlink.access import MEMBER, allow, current_person
from midtlink.questions.queries.by_topic import most_used_tags, open_by_system
from midtlink.questions.queries.known_tags import known_to
from midtlink.topics.models import Tag
from midtlink.topics.queries import TAGS_SHOWN, followed_systems, list_systems, list_tags, tags_of
from midtlink.topics.rules import LONGEST_TAG
from midtlink.topics.views.blueprint import pages


@pages.get("/emner")
@allow(MEMBER)
def overview() -> str:
    """Show the systems and the tags that are used most, or those whose name holds some words."""
    words = request.args.get("find", "").strip()[:LONGEST_TAG]
    person = current_person()
    return render_template(
        "topics/overview.html",
        words=words,
        systems=list_systems(),
        open_questions=open_by_system(),
        followed=followed_systems(person),
        my_tags=tags_of(person),
        tags=_tags_called(words) if words else most_used_tags(TAGS_SHOWN),
    )


def _tags_called(words: str) -> list[tuple[Tag, None]]:
    return [(tag, None) for tag in list_tags(words, among=known_to(current_person()))]
