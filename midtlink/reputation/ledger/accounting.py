"""The ledger's arithmetic: which entries a fact makes. Pure, so that a replay is exact.

Everything that an entry depends on stands in the fact itself, in the values of the rules known
then, or in the entries before it, which a book tells of.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from midtlink.reputation import models as kinds
from midtlink.reputation.ledger.lines import Happening, Line, Standing
from midtlink.reputation.rules import (
    ACCEPTED,
    ACCEPTING,
    BRIDGE,
    CONFIRMED,
    EDIT,
    GOOD,
    HELPED,
    HELPED_SAME,
    HELPED_VOTERS,
    HELPS,
    RULES,
    WRONG,
    Values,
    capped,
    day_of,
)


class Book(Protocol):
    """What the ledger says so far."""

    def of_source(self, source: str) -> Sequence[Standing]:
        """Return the grants of a source that have not ended, in their order."""

    def of_post(self, post_id: int) -> Sequence[Standing]:
        """Return the grants for a post that have not ended, in their order."""

    def earned(self, person_id: int, day: date) -> int:
        """Return the points that count into the person's cap of a day."""

    def has_bridged(self, person_id: int, department_id: int) -> bool:
        """Say whether a bridge of the person to the department counts."""


def lines_of(fact: Happening, values: Values, book: Book) -> list[Line]:
    """Return the entries that a fact makes, in their order."""
    made = {
        kinds.SET: _set,
        kinds.WITHDRAWN: _withdrawn,
        kinds.REVERSED: _reversed,
        kinds.AWAY: _away,
        kinds.BACK: _back,
        kinds.ERASED: _erased,
    }[fact.kind](fact, values, book)
    return [_placed(line, place) for place, line in enumerate(made)]


def _placed(line: Line, place: int) -> Line:
    if line.kind in (kinds.GRANT, kinds.TOLD):
        return line._replace(ordinal=place, grant_ordinal=place)
    return line._replace(ordinal=place)


def _set(fact: Happening, values: Values, book: Book) -> Iterator[Line]:
    return SETS[fact.subject](fact, values, book)


def _vote_for_answer(fact: Happening, values: Values, book: Book) -> Iterator[Line]:
    rule = HELPED_SAME if fact.has_problem else HELPED
    yield from _vote(fact, rule, values, book)


def _vote_for_question(fact: Happening, values: Values, book: Book) -> Iterator[Line]:
    yield from _vote(fact, GOOD, values, book)


def _vote(fact: Happening, rule: str, values: Values, book: Book) -> Iterator[Line]:
    if fact.helper_id is None or fact.helper_id == fact.actor_id:
        return
    day = day_of(fact.happened_at)
    worth = values.worth(rule)
    points = capped(worth, book.earned(fact.helper_id, day), values.daily_cap)
    yield _grant(fact, fact.helper_id, rule, worth, points, day)


def _accepted(fact: Happening, values: Values, book: Book) -> Iterator[Line]:
    """Nothing for choosing one's own answer, whoever's question it is."""
    if fact.helper_id in (fact.asker_id, fact.actor_id):
        return
    if fact.helper_id is not None:
        yield _plain(fact, fact.helper_id, ACCEPTED, values)
    if fact.asker_id is not None and fact.asker_id == fact.actor_id:
        yield _plain(fact, fact.asker_id, ACCEPTING, values)
    department_id = fact.asker_department_id
    if fact.helper_id is None or department_id is None or not _crosses(fact, department_id):
        return
    if not book.has_bridged(fact.helper_id, department_id):
        yield _plain(fact, fact.helper_id, BRIDGE, values)


def _confirmed(fact: Happening, values: Values, _book: Book) -> Iterator[Line]:
    if fact.helper_id not in (None, fact.actor_id):
        yield _plain(fact, fact.helper_id, CONFIRMED, values)


def _edit(fact: Happening, values: Values, _book: Book) -> Iterator[Line]:
    if fact.helper_id not in (None, fact.actor_id):
        yield _plain(fact, fact.helper_id, EDIT, values)


def _wrong(fact: Happening, values: Values, book: Book) -> Iterator[Line]:
    """A text is wrong once, however many said so."""
    is_known = any(each.grant.rule == WRONG for each in book.of_post(fact.post_id))
    if fact.helper_id is not None and not is_known:
        yield _plain(fact, fact.helper_id, WRONG, values)


#: What sets a source, by the fact's subject.
SETS = {
    HELPED: _vote_for_answer,
    GOOD: _vote_for_question,
    ACCEPTED: _accepted,
    CONFIRMED: _confirmed,
    EDIT: _edit,
    WRONG: _wrong,
}


def _withdrawn(fact: Happening, _values: Values, book: Book) -> Iterator[Line]:
    for each in book.of_source(fact.source):
        yield _end(fact, each)


def _reversed(fact: Happening, _values: Values, book: Book) -> Iterator[Line]:
    """Take the points back, and tell the one who voted in their own ledger too."""
    for each in book.of_source(fact.source):
        yield _end(fact, each)
        if each.grant.actor_id is not None:
            told = each.grant._replace(
                fact_id=fact.id,
                person_id=each.grant.actor_id,
                kind=kinds.TOLD,
                sign=0,
                points=0,
                counted_on=None,
                grant_fact_id=fact.id,
                is_bridge=False,
                actor_id=fact.actor_id,
                happened_at=fact.happened_at,
            )
            yield told


def _away(fact: Happening, _values: Values, book: Book) -> Iterator[Line]:
    for each in book.of_post(fact.post_id):
        if each.counts:
            yield _paused(fact, each.grant, kinds.SUSPENDED, -1)


def _back(fact: Happening, _values: Values, book: Book) -> Iterator[Line]:
    """A bridge does not return beside another one that was built to the department meanwhile."""
    for each in book.of_post(fact.post_id):
        if not each.counts and not _is_rebuilt(each.grant, book):
            yield _paused(fact, each.grant, kinds.RETURNED, 1)


def _is_rebuilt(grant: Line, book: Book) -> bool:
    if grant.rule != BRIDGE or grant.asker_department_id is None:
        return False
    return book.has_bridged(grant.person_id, grant.asker_department_id)


def _erased(fact: Happening, _values: Values, book: Book) -> Iterator[Line]:
    for each in book.of_post(fact.post_id):
        yield _end(fact, each)


def _end(fact: Happening, standing: Standing) -> Line:
    if standing.counts:
        return _turned(fact, standing.grant, kinds.TAKEN, -1)
    return _turned(fact, standing.grant, kinds.ENDED, 0)


def _paused(fact: Happening, grant: Line, kind: str, sign: int) -> Line:
    """What goes and may return uses up its day's cap meanwhile: no others take its place."""
    return _turned(fact, grant, kind, sign)._replace(counted_on=None)


def _turned(fact: Happening, grant: Line, kind: str, sign: int) -> Line:
    return grant._replace(
        fact_id=fact.id,
        kind=kind,
        sign=sign,
        points=sign * grant.points,
        actor_id=fact.actor_id,
        happened_at=fact.happened_at,
    )


def _plain(fact: Happening, person_id: int | None, rule: str, values: Values) -> Line:
    """A grant outside the cap."""
    assert person_id is not None
    worth = values.worth(rule)
    return _grant(fact, person_id, rule, worth, worth, None)


def _grant(
    fact: Happening, person_id: int, rule: str, worth: int, points: int, day: date | None
) -> Line:
    helped_id = fact.asker_department_id
    if rule in HELPED_VOTERS and fact.actor_id is not None:
        helped_id = fact.actor_department_id
    is_bridge = rule in HELPS and helped_id is not None and _crosses(fact, helped_id)
    return Line(
        fact_id=fact.id,
        ordinal=0,
        person_id=person_id,
        rule=RULES[rule].key,
        kind=kinds.GRANT,
        sign=1,
        worth=worth,
        points=points,
        counted_on=day,
        grant_fact_id=fact.id,
        grant_ordinal=0,
        is_bridge=is_bridge,
        source=fact.source,
        post_id=fact.post_id,
        question_id=fact.question_id,
        actor_id=fact.actor_id,
        happened_at=fact.happened_at,
        helper_department_id=fact.helper_department_id,
        helper_site_id=fact.helper_site_id,
        helper_profession=fact.helper_profession,
        asker_department_id=fact.asker_department_id,
        asker_site_id=fact.asker_site_id,
        asker_profession=fact.asker_profession,
    )


def _crosses(fact: Happening, department_id: int) -> bool:
    """Say whether a department is another one than the helper's."""
    return fact.helper_department_id not in (None, department_id)
