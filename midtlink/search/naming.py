"""What the labels of the index are called: a facet counts ids, a person reads and types names."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.people.queries import list_people
from midtlink.questions.queries.known_tags import known_to
from midtlink.search.rules import TYPED_HITS
from midtlink.topics.models import System, Tag
from midtlink.topics.queries import list_departments, list_systems, list_tags
from midtlink.topics.rules import fold

#: What a system, a tag or a department is called in a query, and on a page.
NAMES: Mapping[str, tuple[Any, Any, Any]] = {
    "system": (System.id, System.slug, System.name),
    "tag": (Tag.id, Tag.name, Tag.name),
    "department": (Department.id, Department.name, Department.name),
}


@dataclass(frozen=True)
class Named:
    """What stands behind a label: how a query writes it, and how people say it."""

    value: str
    words: str


def names_of(facets: Mapping[str, Mapping[str, int]]) -> dict[str, Named]:
    """Return the names behind the labels of systems, tags and departments, in one statement."""
    asked = [_named(facet, facets.get(facet, {})) for facet in NAMES]
    selects = [each for each in asked if each is not None]
    if not selects:
        return {}
    rows = db.session.execute(union_all(*selects))
    return {f"{facet}:{id}": Named(value, words) for facet, id, value, words in rows}


def names_begun(facet: str, begun: str, *, by: Person) -> list[Named]:
    """Return what begins as typed: systems, departments, tags or people that the person knows.

    Before a letter is typed, only the systems are few enough to choose from.
    """
    wanted = fold(begun.strip())
    if facet not in BEGUN or not (wanted or facet == "system"):
        return []
    called = [name for name in BEGUN[facet](begun, by) if _begins(name, wanted)]
    return called[:TYPED_HITS]


def _begins(name: Named, wanted: str) -> bool:
    """Say whether the name, or a word of it, begins so."""
    words = (name.value, name.words, *name.words.split())
    return any(fold(word).startswith(wanted) for word in words)


def _systems(_begun: str, _by: Person) -> Iterable[Named]:
    return (Named(each.slug, each.name) for each in list_systems())


def _departments(_begun: str, _by: Person) -> Iterable[Named]:
    return (Named(each.name, each.name) for each in list_departments())


def _tags(begun: str, by: Person) -> Iterable[Named]:
    return (Named(each.name, each.name) for each in list_tags(begun, among=known_to(by)))


def _people(begun: str, _by: Person) -> Iterable[Named]:
    return (Named(each.username, each.name) for each in list_people(begun).rows)


BEGUN: Mapping[str, Callable[[str, Person], Iterable[Named]]] = {
    "system": _systems,
    "department": _departments,
    "tag": _tags,
    "person": _people,
}


def _named(facet: str, labels: Mapping[str, int]) -> Select[Any] | None:
    if not labels:
        return None
    id, value, words = NAMES[facet]
    ids = [int(label.partition(":")[2]) for label in labels]
    return select(literal(facet), id, value, words).where(id.in_(ids))
