"""What a group of synonyms would do, before it is saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from midtlink import guarding
from midtlink.people.models import Person
from midtlink.search.engine import engine_knowing
from midtlink.search.models import Synonyms
from midtlink.search.protocol import Backend, IndexUnavailable, Wanted
from midtlink.search.resolving import audience, withdrawn
from midtlink.search.synonyms import joined, split, standing
from midtlink.search.synonyms.changing import read_group

#: Words of a group that are tried.
MOST_TRIED = 12


@dataclass(frozen=True)
class Effect:
    """How many threads a word finds as the groups are, and as they would be."""

    word: str
    now: int
    then: int


def preview(words: str, *, instead_of: Synonyms | None = None, by: Person) -> Sequence[Effect]:
    """Return what each word of a group finds for the person; nothing where there is no index.

    Raises Refused and PatientDataFound for words that could not be saved either.
    """
    group, rows = read_group(words), standing()
    known = instead_of.words if instead_of else ""
    guarding.check({"words": joined(group)}, known=known)
    others = [split(row.words) for row in rows if row is not instead_of]
    before = engine_knowing([split(row.words) for row in rows])
    after = engine_knowing([*others, group])
    try:
        return [
            Effect(word, _count(before, word, by), _count(after, word, by))
            for word in group[:MOST_TRIED]
        ]
    except IndexUnavailable:
        return []


def _count(engine: Backend, word: str, by: Person) -> int:
    wanted = Wanted(
        audience=audience(by),
        words=tuple(word.split()),
        but_not=withdrawn(),
        limit=1,
        is_literal=True,
    )
    return engine.find(wanted).total
