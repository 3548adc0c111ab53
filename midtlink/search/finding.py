"""Finding threads for a person: in the index where it can be had, else in the database."""

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Select, select

from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.questions.queries import count_titles, readable, search_titles, similar_titles
from midtlink.questions.queries.lists import with_faces
from midtlink.search.analysis.wanting import may_be_begun
from midtlink.search.engine import engine
from midtlink.search.language import Query, parse
from midtlink.search.protocol import FACETS, Found, IndexUnavailable, Wanted
from midtlink.search.resolving import WITHDRAWN, audience, resolve, withdrawn
from midtlink.search.rules import (
    LONGEST_COMPARED,
    MOST_PAGES,
    PAGE_SIZE,
    SIMILAR_HITS,
    SPARE_HITS,
    TYPED_HITS,
)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Results:
    """What a person found: threads in order, how many in all, and what to say about it."""

    query: Query
    questions: list[Question] = field(default_factory=list)
    #: How well each fits, by question id; comparable within these results only.
    scores: Mapping[int, float] = field(default_factory=dict)
    total: int = 0
    #: Counts of labels such as "tag:12" or "status:solved", by facet.
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    #: Words as typed with those that were looked for beside them.
    corrected: tuple[tuple[str, str], ...] = ()
    #: What marks words in the texts (marking.py).
    terms: frozenset[str] = frozenset()
    #: Names in operators that nobody and nothing bears.
    unknown: tuple[str, ...] = ()
    #: The index could not be asked: these are titles from the database.
    is_plain: bool = False


def search(
    typed: str, *, by: Person, page: int = 1, size: int = PAGE_SIZE, has_facets: bool = True
) -> Results:
    """Return a page of the threads that a query finds. Whatever is typed gives an answer."""
    query = parse(typed)
    if query.is_empty or not by.is_active:
        return Results(query)
    page = min(max(page, 1), MOST_PAGES)
    resolved = resolve(query, by=by)
    wanted = replace(
        resolved.wanted,
        offset=(page - 1) * size,
        limit=size,
        facets=FACETS if has_facets else (),
    )
    try:
        found = engine().find(wanted)
    except IndexUnavailable:
        return _plain(query, by, page, size)
    return replace(_results(query, found, by), unknown=resolved.unknown)


def search_while_typing(typed: str, *, by: Person) -> Results:
    """Return the first hits of what is being typed; its last word may be unfinished."""
    query = parse(typed)
    if query.words and not typed[-1:].isspace():
        last = query.words[-1]
        if may_be_begun(last):
            query = replace(query, prefixes=(*query.prefixes, last))
    if query.is_empty or not by.is_active:
        return Results(query)
    wanted = replace(resolve(query, by=by).wanted, limit=TYPED_HITS)
    try:
        return _results(query, engine().find(wanted), by)
    except IndexUnavailable:
        return _plain(query, by, 1, TYPED_HITS)


def find_similar(
    title: str,
    body: str = "",
    *,
    by: Person,
    limit: int = SIMILAR_HITS,
    but_not: Collection[int] = (),
) -> list[Question]:
    """Return the threads most like a question, as it is being written or as it stands.

    In one statement, for it is on the way of every question page: what is withdrawn is left out
    of the hits afterwards, of which there are some more than are wanted.
    """
    if not by.is_active or not (title.strip() or body.strip()):
        return []
    wanted = Wanted(
        audience=audience(by),
        words=(title, body[:LONGEST_COMPARED]),
        but_not=frozenset(but_not),
        limit=limit + SPARE_HITS,
        is_similar=True,
    )
    try:
        ids = [hit.id for hit in engine().find(wanted).hits]
    except IndexUnavailable:
        return similar_titles(title, seen_by=by, limit=limit, but_not=but_not)
    return _load(ids, by, select(Question).where(Question.id.not_in(WITHDRAWN)))[:limit]


def suggest_words(typed: str, *, by: Person, limit: int = TYPED_HITS) -> list[str]:
    """Return words that finish what is being typed, of threads that the person may find."""
    try:
        return engine().suggest(typed, audience=audience(by), but_not=withdrawn(), limit=limit)
    except IndexUnavailable:
        return []


def _results(query: Query, found: Found, by: Person) -> Results:
    questions = with_faces(select(Question), by)
    return Results(
        query,
        questions=_load([hit.id for hit in found.hits], by, questions),
        scores={hit.id: hit.score for hit in found.hits},
        total=found.total,
        facets=found.facets,
        corrected=found.corrected,
        terms=found.terms,
    )


def _load(ids: list[int], by: Person, questions: Select[Any]) -> list[Question]:
    """Return the questions that the person may still read, in the order of the ids."""
    if not ids:
        return []
    statement = readable(questions.where(Question.id.in_(ids)), by)
    found = {question.id: question for question in db.session.scalars(statement)}
    return [found[id] for id in ids if id in found]


def _plain(query: Query, by: Person, page: int, size: int) -> Results:
    """Look in the titles: no operators, no correction, the newest first."""
    words = " ".join((*query.words, *query.prefixes, *query.phrases))
    found = search_titles(words, seen_by=by, size=size) if page == 1 else None
    questions = list(found.rows) if found else []
    return Results(query, questions, total=count_titles(words, seen_by=by), is_plain=True)
