"""A plain search in the titles. Whatever is typed, it finds something or nothing."""

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import render_template, request, url_for

from midtlink.access import MEMBER, allow, current_person
from midtlink.paging import Slice
from midtlink.questions.models import Question
from midtlink.questions.queries import count_titles, search_titles
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.questions.views.blueprint import pages
from midtlink.texts import FORBIDDEN


@dataclass(frozen=True)
class SearchPage:
    """What was searched for, what was found, and the way to ask it instead."""

    words: str
    count: int
    questions: Slice[Question]
    older: str | None
    newest: str | None
    ask: str


@pages.get("/soeg")
@allow(MEMBER)
def search() -> str:
    """Show the questions whose titles hold the words."""
    return render_template("questions/search.html", page=_search(_words()))


def _words() -> str:
    typed = FORBIDDEN.sub(" ", request.args.get("q", ""))
    return " ".join(typed.split())[:LONGEST_TITLE].strip()


def _search(words: str) -> SearchPage:
    person, cursor = current_person(), request.args.get("efter")
    found = search_titles(words, seen_by=person, cursor=cursor)
    following = found.next_cursor
    return SearchPage(
        words=words,
        count=count_titles(words, seen_by=person),
        questions=found,
        older=url_for("questions.search", q=words, efter=following) if following else None,
        newest=url_for("questions.search", q=words) if cursor else None,
        ask="/spoerg?" + urlencode({"titel": words}) if words else "/spoerg",
    )
