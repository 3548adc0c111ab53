"""Whom the words of a text name: colleagues, the super-users of a system, departments."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from sqlalchemy import and_, literal, select, union_all

from midtlink.extensions import db
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person
from midtlink.questions.records import Mention
from midtlink.questions.rules import OF_DEPARTMENT, department_word
from midtlink.topics.models import System
from midtlink.topics.rules import fold as fold_letters

PERSON, TEAM, DEPARTMENT = "person", "team", "department"
#: The pages of who is named.
PAGES = {PERSON: "/p/{word}", TEAM: "/system/{word}", DEPARTMENT: "/afdeling/{id}"}


@dataclass(frozen=True)
class Named:
    """Who stands behind a word, as the store writes it."""

    kind: str
    target_id: int
    word: str

    @property
    def address(self) -> str:
        """The path of their page."""
        return PAGES[self.kind].format(word=quote(self.word, safe=""), id=self.target_id)


class Known:
    """Those who are known by a word. A username goes before a system, a system before the rest."""

    def __init__(self, everybody: Collection[Named]) -> None:
        self.by_word: Mapping[tuple[str, str], Named] = {
            (each.kind, each.word): each for each in everybody
        }

    def find(self, typed: str) -> Named | None:
        """Return who is meant by a word, however it is written."""
        letters = fold_letters(typed)
        keys = (PERSON, fold(typed)), (TEAM, letters), (DEPARTMENT, letters)
        return next((self.by_word[key] for key in keys if key in self.by_word), None)


def find_named(words: Collection[str]) -> Known:
    """Return the active colleagues, the systems in use and the departments of these words."""
    names, slugs = {fold(word) for word in words}, {fold_letters(word) for word in words}
    people = select(literal(PERSON), Person.id, Person.username)
    teams = select(literal(TEAM), System.id, System.slug)
    statement = union_all(
        people.where(Person.username.in_(names), Person.is_active),
        teams.where(System.slug.in_(slugs), System.is_active),
    )
    known = [Named(*row) for row in db.session.execute(statement)]
    if any(slug.startswith(OF_DEPARTMENT) for slug in slugs):
        known += _departments()
    return Known(known)


def named_by(post_ids: Collection[int]) -> dict[int, Known]:
    """Return whom each of the posts named when it was written, also those who have left."""
    statement = (
        select(Mention, Person.username, System.slug, Department.name)
        .outerjoin(Person, _is(PERSON, Person.id))
        .outerjoin(System, _is(TEAM, System.id))
        .outerjoin(Department, _is(DEPARTMENT, Department.id))
        .where(Mention.post_id.in_(post_ids))
    )
    named: dict[int, list[Named]] = defaultdict(list)
    for row in db.session.execute(statement):
        if word := _word(row):
            named[row.Mention.post_id].append(Named(row.Mention.kind, row.Mention.target_id, word))
    return {post_id: Known(everybody) for post_id, everybody in named.items()}


def _departments() -> list[Named]:
    """Return every department; of several with one word the first comes last, and counts."""
    statement = select(Department.id, Department.name).order_by(Department.id.desc())
    return [
        Named(DEPARTMENT, id, department_word(name)) for id, name in db.session.execute(statement)
    ]


def _is(kind: str, target_id: Any) -> Any:
    return and_(Mention.kind == kind, Mention.target_id == target_id)


def _word(row: Any) -> str:
    return row.username or row.slug or (department_word(row.name) if row.name else "")
