"""Lists of questions: home, which asks for help, and the page of all lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from midtlink.access import MEMBER, NotFound, allow, current_person
from midtlink.paging import Slice
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.questions.queries import list_questions, surroundings
from midtlink.questions.views.blueprint import pages
from midtlink.reputation.leaderboards import (
    HelpingDepartment,
    foremost,
    helping_departments,
)
from midtlink.search.models import SavedSearch
from midtlink.search.queries import list_news
from midtlink.settings import queries as settings
from midtlink.topics.models import System

#: The words in an address, and the lists that they name.
LISTS = {
    "til-mig": "for-me",
    "ubesvarede": "unanswered",
    "nyeste": "newest",
    "mine": "mine",
    "afdeling": "department",
    "systemer": "systems",
    "loest": "solved",
    "fulgte": "followed",
}
HOME = ("til-mig", "ubesvarede", "nyeste", "afdeling")
EVERY = ("nyeste", "ubesvarede", "mine", "fulgte", "afdeling", "systemer", "loest")

Tab = tuple[Any, ...]


@dataclass(frozen=True, kw_only=True)
class ListPage:
    """One list: which it is, its rows, its neighbours."""

    shown: str
    shown_words: str
    tabs: list[Tab]
    questions: Slice[Question]
    older: str | None
    newest: str | None
    follows_something: bool = True


@dataclass(frozen=True, kw_only=True)
class HomePage(ListPage):
    """Home: a list, and beside it what is mine and how the systems are."""

    unanswered: int
    mine: list[Question]
    systems: list[System]
    #: Searches that the person keeps and wants to be told of, with something new.
    news: Sequence[SavedSearch]
    #: None where points are switched off.
    helping: list[HelpingDepartment] | None
    foremost: list[HelpingDepartment]


@pages.get("/")
@allow(MEMBER)
def home() -> str:
    """Show what the person can help with."""
    return render_template("questions/home.html", page=_home(current_person()))


@pages.get("/spoergsmaal")
@allow(MEMBER)
def lists() -> str:
    """Show one of the lists of questions."""
    page = ListPage(**_list("questions.lists", EVERY, current_person()))
    return render_template("questions/list.html", page=page)


def _home(person: Person) -> HomePage:
    topics = surroundings.count_topics(person)
    helping = helping_departments() if settings.is_on("points_are_on") else None
    return HomePage(
        **_list("questions.home", HOME, person),
        follows_something=topics.followed > 0,
        unanswered=topics.unanswered,
        mine=surroundings.open_questions_of(person),
        systems=surroundings.systems_with_status(),
        news=list_news(by=person),
        helping=helping,
        foremost=foremost(helping or [], person.department_id),
    )


def _list(endpoint: str, lists: tuple[str, ...], person: Person) -> dict[str, Any]:
    known = [each for each in lists if each != "afdeling" or person.department_id is not None]
    shown = request.args.get("vis", known[0])
    if shown not in known:
        raise NotFound(shown)
    cursor = request.args.get("efter")
    found = list_questions(LISTS[shown], seen_by=person, cursor=cursor)
    following = found.next_cursor
    return {
        "shown": shown,
        "shown_words": _words(shown, person),
        "tabs": [(url_for(endpoint, vis=key), _words(key, person), key == shown) for key in known],
        "questions": found,
        "older": url_for(endpoint, vis=shown, efter=following) if following else None,
        "newest": url_for(endpoint, vis=shown) if cursor else None,
    }


def _words(shown: str, person: Person) -> str:
    department = person.department.name if person.department else ""
    return {
        "til-mig": _("Til mig"),
        "ubesvarede": _("Ubesvarede"),
        "nyeste": _("Nyeste"),
        "mine": _("Mine"),
        "afdeling": department,
        "systemer": _("Mine systemer"),
        "loest": _("Løste"),
        "fulgte": _("Fulgte"),
    }[shown]
