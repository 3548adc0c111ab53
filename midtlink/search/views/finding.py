"""/soeg: what a query finds. Whatever is typed gives an answer."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from flask import flash, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.pages import redirect_back
from midtlink.people.models import Person
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.search.counting import has_number, note_found, note_search
from midtlink.search.finding import Results, search
from midtlink.search.language import EXAMPLES, Query, parse
from midtlink.search.marking import Hit, hits
from midtlink.search.models import SavedSearch
from midtlink.search.queries import find_saved_search
from midtlink.search.rules import LONGEST_TYPED, MOST_PAGES, PAGE_SIZE
from midtlink.search.views.blueprint import PATH, address, address_of, is_fragment, language, pages
from midtlink.search.views.filters import Filters, filters_of
from midtlink.texts import FORBIDDEN


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    """What was searched for, what was found, how to narrow it, and the way to ask instead."""

    words: str
    #: A number that looks like a CPR number stood among the words: nothing is searched for.
    is_guarded: bool
    results: Results
    hits: Sequence[Hit]
    filters: Filters | None
    #: The search as the person keeps it.
    saved: SavedSearch | None
    #: The words as they were most likely meant, and the search for those alone.
    meant: tuple[str, str] | None
    side: int
    sides: int
    before: str | None
    after: str | None
    ask: str
    #: What tells that a hit of this search was opened; "" where the search is not counted.
    token: str
    #: Queries to try, what each finds, and where it leads.
    examples: Sequence[tuple[str, str, str]]


@pages.get(PATH)
@allow(MEMBER)
def search_page() -> str:
    """Show what the words and the filters find."""
    return render_template("search/search.html", page=_page(_typed(), _side()))


@pages.post("/soeg/fundet")
@allow(MEMBER)
def found_it() -> str | Response:
    """Thank a person who found the answer."""
    note_found(request.form.get("fra", ""))
    if is_fragment():
        return render_template("search/fragments/thanks.html")
    flash(_("Godt, at du fandt det."), "success")
    return redirect_back(url_for("search.search_page"))


def _typed() -> str:
    typed = FORBIDDEN.sub(" ", request.args.get("q", ""))
    return " ".join(typed.split())[:LONGEST_TYPED].strip()


def _side() -> int:
    typed = request.args.get("side", "1")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 4:
        return 1
    return min(max(int(typed), 1), MOST_PAGES)


def _page(typed: str, side: int) -> SearchPage:
    person = current_person()
    is_guarded = has_number(typed)
    results = Results(parse("")) if is_guarded else search(typed, by=person, page=side)
    query = results.query
    sides = 1 if results.is_plain else min(-(-results.total // PAGE_SIZE), MOST_PAGES)
    return SearchPage(
        words="" if is_guarded else typed,
        is_guarded=is_guarded,
        results=results,
        hits=hits(results, by=person),
        filters=None if query.is_empty else filters_of(results),
        saved=None if query.is_empty else find_saved_search(typed, by=person),
        meant=_meant(results),
        side=side,
        sides=sides,
        before=address(query, min(side - 1, max(sides, 1))) if side > 1 else None,
        after=address(query, side + 1) if side < sides else None,
        ask=_ask(query),
        token=_token(results, side, person),
        examples=_examples(language()),
    )


def _token(results: Results, side: int, person: Person) -> str:
    """Count the search, but not where only titles were looked through, or of /soegt."""
    if results.is_plain or request.args.get("fra") == "soegt":
        return ""
    is_first = side == 1
    return note_search(results.query, results.total, by_id=person.id, is_first_page=is_first)


def _meant(results: Results) -> tuple[str, str] | None:
    ignored = results.query.ignored
    meant = {
        word: other
        for word, other in results.corrected
        if not any(word in each for each in ignored)  # What was not understood is told already.
    }
    if not meant:
        return None
    words = tuple(dict.fromkeys(meant.get(word, word) for word in results.query.words))
    return " ".join(meant.values()), address(replace(results.query, words=words))


def _ask(query: Query) -> str:
    """Return the address of the form that asks, with the words and without the filters."""
    words = [word for word in query.words if word not in query.ignored]
    title = " ".join((*words, *query.phrases, *query.prefixes))[:LONGEST_TITLE].strip()
    return url_for("questions.ask_page", titel=title or None)


@cache
def _examples(language: str) -> list[tuple[str, str, str]]:
    """Return the examples in the language of the request, put into words once."""
    texts = [(each.text(language), each.says) for each in EXAMPLES]
    return [(text, _(says), address_of(text)) for text, says in texts]
