"""Who could be meant by what somebody types after an @: colleagues, super-users, departments."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from midtlink.access import MODERATOR, REVIEWER
from midtlink.extensions import db
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person, RoleGrant
from midtlink.questions.models import Post
from midtlink.questions.queries.mentioned import DEPARTMENT, PERSON, TEAM
from midtlink.questions.records import PATIENT_DATA
from midtlink.questions.rules import OF_DEPARTMENT, department_word
from midtlink.texts import FORBIDDEN
from midtlink.topics.models import SuperUser, System
from midtlink.topics.rules import fold as fold_letters

MOST_SHOWN, TEAMS_SHOWN, DEPARTMENTS_SHOWN = 8, 2, 2
#: Letters of names as topics.rules.fold gives them, for a database that knows no other way; SQLite
#: makes small letters of A to Z alone. A hyphen begins a word as a space does.
FOLDED = {
    "Æ": "ae", "æ": "ae", "Ø": "oe", "ø": "oe", "Å": "aa", "å": "aa", "É": "e", "é": "e",
    "Ü": "u", "ü": "u", "Ö": "o", "ö": "o", "Ä": "a", "ä": "a", "-": " ",
}  # fmt: skip


@dataclass(frozen=True)
class Option:
    """Somebody to choose: the word that names them, and what people call them."""

    kind: str
    word: str
    name: str
    profession: str = ""
    department: str = ""


class _Row(NamedTuple):
    kind: str
    id: int
    word: str
    name: str
    profession: str
    department: str
    rank: int


def list_mentionable(typed: str, *, by: Person, thread: Post | None = None) -> list[Option]:
    """Return who has a name or word that begins as typed, but for the person who types.

    Those of the thread come first, then those of one's own department. In a thread that not
    everybody sees, only those who may read it are there.
    """
    begun = fold_letters(typed).removeprefix(OF_DEPARTMENT)
    if not begun.strip(" .-_") or FORBIDDEN.search(typed):
        return []
    is_open = thread is None or thread.is_visible
    selects = [_people(begun, typed, by, thread), *([_teams(), _departments()] if is_open else [])]
    rows = [_Row(*row) for row in db.session.execute(union_all(*selects))]
    others = [*_begun(_of(rows, TEAM), begun)][:TEAMS_SHOWN]
    others += [*_begun(_called(_of(rows, DEPARTMENT)), begun)][:DEPARTMENTS_SHOWN]
    people = sorted(_of(rows, PERSON), key=lambda row: (row.rank, row.name, row.word))
    return [*map(_option, people[: MOST_SHOWN - len(others)]), *others]


def _people(begun: str, typed: str, by: Person, thread: Post | None) -> Select[Any]:
    """Select so many of the active colleagues, the nearest first."""
    rank = _rank(typed, by, thread).label("rank")
    pattern = " " + begun.replace("-", " ")
    words = _folded(literal(" ") + Person.name + " " + Person.username, pattern)
    nearest = (
        select(
            literal(PERSON).label("kind"),
            Person.id.label("id"),
            Person.username.label("word"),
            Person.name.label("name"),
            Person.profession.label("profession"),
            func.coalesce(Department.name, "").label("department"),
            rank,
        )
        .outerjoin(Person.department)
        .where(Person.is_active, Person.id != by.id, words.contains(pattern, autoescape=True))
        .where(_reads(thread))
        .order_by(rank, Person.name, Person.username)
        .limit(MOST_SHOWN)
    )
    return select(*nearest.subquery().c)


def _rank(typed: str, by: Person, thread: Post | None) -> ColumnElement[int]:
    """Say how near a colleague is: called just so, in the thread, in one's own department."""
    nearness = [(Person.username == fold(typed), 0)]
    if thread is not None:
        nearness.append((Person.id.in_(_writers(thread)), 1))
    if by.department_id is not None:
        nearness.append((Person.department_id == by.department_id, 2))
    return case(*nearness, else_=3)


def _writers(thread: Post) -> Select[Any]:
    """Select who has written what everybody may see in a thread."""
    is_there = Post.hidden_at.is_(None), Post.deleted_at.is_(None)
    of_thread = or_(Post.id == thread.id, Post.thread_id == thread.id)
    return select(Post.author_id).where(of_thread, Post.author_id.is_not(None), *is_there)


def _reads(thread: Post | None) -> ColumnElement[bool]:
    """Say who may read the thread (policy.may_read)."""
    if thread is None or thread.is_visible:
        return true()
    reads = true() if thread.hidden_at is None else _has_role(MODERATOR)
    if thread.hidden_at is not None and thread.hidden_because != PATIENT_DATA:
        reads = or_(reads, _has_role(REVIEWER))
    wrote = or_(Person.id == thread.author_id, _has_role(MODERATOR))
    return reads if thread.deleted_at is None else and_(reads, wrote)


def _has_role(role: str) -> ColumnElement[bool]:
    return exists().where(RoleGrant.person_id == Person.id, RoleGrant.role == role)


def _teams() -> Select[Any]:
    """Select the systems in use with super-users, but for those whose word is a username."""
    team = (
        exists()
        .where(SuperUser.system_id == System.id, SuperUser.ended_at.is_(None))
        .where(SuperUser.person_id == Person.id, Person.is_active)
    )
    is_name = exists().where(Person.username == System.slug, Person.is_active)
    return _named(TEAM, System.id, System.slug, System.name).where(System.is_active, team, ~is_name)


def _departments() -> Select[Any]:
    return _named(DEPARTMENT, Department.id, literal(""), Department.name)


def _named(kind: str, id: Any, word: Any, name: Any) -> Select[Any]:
    nothing = literal("")
    return select(literal(kind), id, word, name, nothing, nothing, literal(0))


def _folded(words: Any, pattern: str) -> ColumnElement[str]:
    """Return the words folded, but for letters that cannot be what begins a word so."""
    pairs = [(letter, plain) for letter, plain in FOLDED.items() if plain[0] in pattern]
    small: ColumnElement[str] = func.lower(words)
    return reduce(lambda text, pair: func.replace(text, *pair), pairs, small)


def _of(rows: Iterable[_Row], kind: str) -> list[_Row]:
    return sorted((row for row in rows if row.kind == kind), key=lambda row: row.id)


def _called(departments: Iterable[_Row]) -> Iterator[_Row]:
    """Yield departments with their words; of several with one word, the first has it."""
    words = set()
    for row in departments:
        word = department_word(row.name)
        if word not in words:
            words.add(word)
            yield row._replace(word=word)


def _begun(rows: Iterable[_Row], begun: str) -> Sequence[Option]:
    """Return those, by name, of which a word begins so."""
    found = [row for row in rows if _begins(row, begun)]
    return [_option(row) for row in sorted(found, key=lambda row: row.name)]


def _begins(row: _Row, begun: str) -> bool:
    name = fold_letters(row.name)
    words = (name, row.word.removeprefix(OF_DEPARTMENT), *name.replace("-", " ").split())
    return any(word.startswith(begun) for word in words)


def _option(row: _Row) -> Option:
    return Option(row.kind, row.word, row.name, row.profession, row.department)
