"""From a query's names to the labels of the index, and from a person to what may be found."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from midtlink import clock
from midtlink.access import MODERATOR, REVIEWER, NotFound
from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.people.queries import find_person, list_people
from midtlink.questions.queries.known_tags import known_to
from midtlink.search.language import ME, STORED_STATUSES, Query
from midtlink.search.models import SearchEntry
from midtlink.search.protocol import ANSWERS, BODY, CARETAKERS, EVERYBODY, PARTS, TITLE, Wanted
from midtlink.topics.queries import get_tag, list_systems
from midtlink.topics.rules import fold

#: Where each kind of post stands in a document, and the label of who wrote such a one.
PARTS_OF = {"question": (TITLE, BODY), "answer": (ANSWERS,)}
WRITER_OF = {"question": "asker", "answer": "answerer"}
#: People that a part of a name may mean at most.
MOST_NAMESAKES = 20
#: The threads of which the index still holds what may no longer be found.
WITHDRAWN = select(SearchEntry.question_id).where(SearchEntry.is_withdrawn)


@dataclass(frozen=True)
class Resolved:
    """What the engine is to look for, and the names that nobody and nothing bears."""

    wanted: Wanted
    unknown: tuple[str, ...] = ()


def audience(person: Person) -> frozenset[str]:
    """Return the labels of what a person may find: of hidden threads, those who look after them."""
    if not person.is_active:
        return frozenset()
    cares = person.has_role(REVIEWER, MODERATOR)
    return frozenset((EVERYBODY, CARETAKERS) if cares else (EVERYBODY,))


def withdrawn() -> frozenset[int]:
    """Return the threads of which the index still holds what may no longer be found."""
    return frozenset(db.session.scalars(WITHDRAWN))


def resolve(query: Query, *, by: Person) -> Resolved:
    """Return what a query means for the person who asks it."""
    names = _Names(query, by)
    wanted = Wanted(
        audience=audience(by),
        words=query.words,
        prefixes=query.prefixes,
        phrases=query.phrases,
        without=(*query.without, *query.without_phrases),
        parts=_parts(query.kinds),
        labels=tuple(names.needed()),
        no_labels=frozenset(names.barred()),
        bounds=query.bounds(clock.now()),
        but_not=withdrawn(),
        order=query.order,
    )
    return Resolved(wanted, tuple(dict.fromkeys(names.unknown)))


def _parts(kinds: Sequence[str]) -> tuple[str, ...]:
    parts = {part for kind in kinds for part in PARTS_OF[kind]}
    return tuple(part for part in PARTS if part in parts) or PARTS


class _Names:
    """Looks the names of one query up, and remembers those that it did not find."""

    def __init__(self, query: Query, person: Person) -> None:
        self.query, self.person = query, person
        self.unknown: list[str] = []

    def needed(self) -> Iterable[frozenset[str]]:
        """Yield groups of labels: a thread must bear one of each."""
        query = self.query
        for tag in query.tags:
            yield self._found(tag, self._tags)
        for names, look in self._by_name(query.systems, query.departments, query.people):
            if names:
                yield frozenset().union(*(self._found(name, look) for name in names))
        if query.statuses:
            yield _statuses(query.statuses)
        yield from (frozenset({f"has:{each}"}) for each in query.having)
        if query.kinds == ("answer",):
            yield frozenset({"has:answer"})

    def barred(self) -> Iterable[str]:
        """Yield the labels that a thread must not bear."""
        query = self.query
        for tag in query.without_tags:
            yield from self._found(tag, self._tags)
        without = query.without_systems, query.without_departments, query.without_people
        for names, look in self._by_name(*without):
            for name in names:
                yield from self._found(name, look)
        yield from _statuses(query.without_statuses)
        yield from (f"has:{each}" for each in query.without_having)

    def _by_name(self, systems: Any, departments: Any, people: Any) -> Iterable[tuple[Any, Any]]:
        yield from ((systems, _systems), (departments, _departments), (people, self._people))

    def _found(self, name: str, look: Callable[[str], set[str]]) -> frozenset[str]:
        found = frozenset(look(name))
        if not found:
            self.unknown.append(name)
        return found

    def _tags(self, name: str) -> set[str]:
        try:
            return {f"tag:{get_tag(name, among=known_to(self.person)).id}"}
        except NotFound:
            return set()

    def _people(self, name: str) -> set[str]:
        kinds = set(self.query.kinds)
        writers = [WRITER_OF[kind] for kind in kinds] if len(kinds) == 1 else ["person"]
        return {f"{writer}:{each}" for each in self._person_ids(name) for writer in writers}

    def _person_ids(self, name: str) -> list[int]:
        if name == ME:
            return [self.person.id]
        if found := find_person(name):
            return [found.id]
        return [person.id for person in list_people(name).rows[:MOST_NAMESAKES]]


def _statuses(statuses: Iterable[str]) -> frozenset[str]:
    return frozenset(f"status:{each}" for key in statuses for each in STORED_STATUSES[key])


def _systems(name: str) -> set[str]:
    systems = list_systems(with_inactive=True)
    ids = _closest(name, [((each.slug, each.name), each.id) for each in systems])
    return {f"system:{id}" for id in ids}


def _departments(name: str) -> set[str]:
    rows = db.session.execute(select(Department.name, Department.id))
    return {f"department:{id}" for id in _closest(name, [((row[0],), row[1]) for row in rows])}


def _closest(name: str, known: Sequence[tuple[tuple[str, ...], int]]) -> list[int]:
    """Return the ids of those called just that; else whose name begins so; else that hold it."""
    wanted = fold(name)
    tests: tuple[Callable[[str], bool], ...] = (
        lambda called: called == wanted,
        lambda called: called.startswith(wanted),
        lambda called: wanted in called,
    )
    for fits in tests:
        if found := [id for names, id in known if any(fits(fold(each)) for each in names)]:
            return found
    return []
