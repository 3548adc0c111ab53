"""Finding questions by the words of their titles."""

import re
from collections.abc import Collection
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, select

from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import SOLVED, Question
from midtlink.questions.queries.lists import with_faces
from midtlink.questions.queries.visibility import shown
from midtlink.topics.rules import fold

SHORTEST_WORD = 3
MOST_WORDS = 8
LONGEST_TEXT = 500
#: Words that most questions hold, folded.
COMMON = frozenset(
    """
    alle den der det efter eller end for fra gang gaar hvad hvem hvor hvordan hvorfor hvornaar
    ikke ind ingen jeg kan man med men mere mig min mit naar nogen noget nogle og ogsaa paa
    skal som til vaere ved vil vores
    """.split()  # noqa: SIM905 - readable as words
)


def similar_titles(
    text: str, *, seen_by: Person, limit: int = 5, but_not: Collection[int] = ()
) -> list[Question]:
    """Return the questions whose titles share the most letters' worth of words with the text.

    Solved ones come first among equals, then the newest.
    """
    words = _words(text)
    if not words or not seen_by.is_active:
        return []
    shared = reduce(add, (case((_holds(word), len(word)), else_=0) for word in words))
    is_solved = case((Question.status == SOLVED, 1), else_=0)
    statement = shown(select(Question)).where(shared > 0, Question.id.not_in(but_not))
    order = (shared.desc(), is_solved.desc(), Question.id.desc())
    return list(db.session.scalars(statement.order_by(*order).limit(limit)))


def search_titles(
    text: str, *, seen_by: Person, cursor: str | None = None, size: int = PAGE_SIZE
) -> Slice[Question]:
    """Return the questions whose titles hold every word of the text, newest first."""
    statement: Select[Any] = with_faces(shown(select(Question)), seen_by)
    if after := read_cursor(cursor):
        statement = statement.where(Question.id < after[0])
    page = statement.where(*_wanted(text, seen_by)).order_by(Question.id.desc())
    rows = db.session.scalars(page.limit(size + 1)).all()
    return cut(rows, key=lambda question: question.id, size=size)


def count_titles(text: str, *, seen_by: Person) -> int:
    """Return how many questions search_titles finds on all its pages."""
    statement: Select[Any] = shown(select(func.count()).select_from(Question))
    return db.session.scalar(statement.where(*_wanted(text, seen_by))) or 0


def _wanted(text: str, seen_by: Person) -> list[ColumnElement[bool]]:
    words = _words(text) or _words(text, shortest=1, common=frozenset())
    return [_holds(word) for word in words] if seen_by.is_active and words else [false()]


def _holds(word: str) -> ColumnElement[bool]:
    return Question.title_key.contains(word, autoescape=True)


def _words(
    text: str, *, shortest: int = SHORTEST_WORD, common: frozenset[str] = COMMON
) -> list[str]:
    """Return the words that say something, without the endings of the long ones."""
    found = re.findall(r"[^\W_]+", fold(text[:LONGEST_TEXT]))
    telling = dict.fromkeys(w for w in found if len(w) >= shortest and w not in common)
    longest = sorted(telling, key=len, reverse=True)[:MOST_WORDS]
    return [_stem(word) for word in longest]


def _stem(word: str) -> str:
    """Return a word without what an ending may be: "printeren" finds "etiketprinter"."""
    return word[: len(word) - 2 * (len(word) > 6) - (len(word) > 8)]
