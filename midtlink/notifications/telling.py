"""Telling people of a matter: one statement, however many hear of it.

Each reason for hearing selects people; who has several hears once, for the first. Nobody hears of
their own act, of a thread they have muted, or when they no longer work here.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, delete, exists, func, literal, or_, select, union_all

from midtlink import clock
from midtlink.extensions import db, upsert
from midtlink.notifications.models import Notice, ThreadMute
from midtlink.notifications.rules import KINDS
from midtlink.people.models import Person

NOTICES: Any = Notice.__table__
#: The id of what a reason names that names nothing.
NOTHING = literal(0)
COLUMNS = (
    "person_id", "reason", "reason_id", "kind", "matter", "question_id", "post_id",
    "subject_id", "by_id", "happened_at", "count", "is_away",
)  # fmt: skip


class Hearers(NamedTuple):
    """Who hears for a reason, and as which kind of notice."""

    kind: str
    reason: str
    #: Selects the ids of people, and of what the reason names (rules.REASONS) or NOTHING.
    people: Any


class Matter(NamedTuple):
    """What people are told of."""

    #: Names it: "answer:17". Nobody hears of it twice.
    name: str
    question_id: int | None = None
    post_id: int | None = None
    subject_id: int | None = None
    #: Who did it, and so does not hear of it.
    actor_id: int | None = None


def one(person_id: int | None) -> Any:
    """Select one person; nobody where there is none, as with imported posts."""
    return select(Person.id, NOTHING).where(Person.id == person_id)


def tell(matter: Matter, hearers: Sequence[Hearers], *, count: int = 1) -> None:
    """Tell everybody who hears of the matter, once each, and how often it has happened."""
    rows = _rows(matter, _first_reasons(hearers), count)
    adding = upsert(NOTICES).from_select(COLUMNS, rows)
    once = [NOTICES.c.person_id, NOTICES.c.matter]
    db.session.flush()
    db.session.execute(adding.on_conflict_do_nothing(index_elements=once))


def take_back(name: str) -> None:
    """Let nobody be told any more of what is no longer so; what was mailed stays mailed."""
    db.session.execute(delete(NOTICES).where(NOTICES.c.matter == name))


def _first_reasons(hearers: Sequence[Hearers]) -> Any:
    """Select each person once, for the first of their reasons."""
    every = union_all(*(_because(place, each) for place, each in enumerate(hearers))).subquery()
    order = every.c.place, every.c.reason_id
    nth = func.row_number().over(partition_by=every.c.person_id, order_by=order)
    return select(every, nth.label("nth")).subquery()


def _because(place: int, hearers: Hearers) -> Select[Any]:
    people = hearers.people.subquery()
    person_id, reason_id = people.c
    return select(
        person_id.label("person_id"),
        reason_id.label("reason_id"),
        literal(hearers.kind).label("kind"),
        literal(hearers.reason).label("reason"),
        literal(place).label("place"),
    )


def _rows(matter: Matter, heard: Any, count: int) -> Select[Any]:
    column = NOTICES.c
    said = {
        "matter": matter.name,
        "question_id": matter.question_id,
        "post_id": matter.post_id,
        "subject_id": matter.subject_id,
        "by_id": matter.actor_id,
        "happened_at": clock.now(),
        "count": count,
        "is_away": False,
    }
    return (
        select(
            heard.c.person_id,
            heard.c.reason,
            func.nullif(heard.c.reason_id, 0),
            heard.c.kind,
            *(literal(value, column[name].type) for name, value in said.items()),
        )
        .join(Person, Person.id == heard.c.person_id)
        .where(heard.c.nth == 1, Person.is_active, *_may_hear(matter, heard))
        .order_by(heard.c.person_id)
    )


def _may_hear(matter: Matter, heard: Any) -> list[Any]:
    conditions: list[Any] = []
    if matter.actor_id is not None:
        conditions.append(heard.c.person_id != matter.actor_id)
    if matter.question_id is not None:
        own = [kind.key for kind in KINDS.values() if kind.is_own]
        of_thread = ThreadMute.question_id == matter.question_id
        muted = exists().where(and_(of_thread, ThreadMute.person_id == heard.c.person_id))
        conditions.append(or_(heard.c.kind.in_(own), ~muted))
    return conditions
