"""Who is known for a system or a tag, and who may be told of it: decided here, for every page.

Points and accepted answers make somebody known (topics.rules); only consent makes it said.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, literal, select, true, union_all
from sqlalchemy.orm import joinedload

from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.people.policy import may_see_points
from midtlink.reputation.ledger.topic_standing import SYSTEM, TAG
from midtlink.settings import queries as settings
from midtlink.topics.models import System, Tag, TopicStanding
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS, tag_word

OWNER = "owner"
EXPERTS_SHOWN = 12


@dataclass(frozen=True)
class Topic:
    """A system or a tag that somebody knows, as pages link to it."""

    kind: str
    name: str
    word: str

    @property
    def is_tag(self) -> bool:
        """It is a tag, not a system."""
        return self.kind == TAG


@dataclass(frozen=True)
class Known:
    """What somebody is known for, and the systems that they own."""

    topics: Sequence[Topic] = ()
    owned: Sequence[Topic] = ()


def is_known() -> ColumnElement[bool]:
    """Say of a standing whether it makes its person known for the topic, as long as points do."""
    enough = TopicStanding.points >= KNOWN_POINTS, TopicStanding.accepted >= KNOWN_ACCEPTED
    return and_(*enough, true() if settings.is_on("points_are_on") else false())


def tells_of_it() -> ColumnElement[bool]:
    """Say of a person whether others may be told what they are known for."""
    return and_(Person.shows_expertise, Person.hides_points.is_(False))


def may_be_listed() -> ColumnElement[bool]:
    """Say of a person whether they may stand in a list of helpers."""
    return and_(Person.is_active, Person.is_listed, Person.hides_points.is_(False))


def list_experts(kind: str, topic_id: int, *, limit: int = EXPERTS_SHOWN) -> Sequence[Person]:
    """Return those who are known for a topic and stand in lists, by name and never by points."""
    statement = (
        select(Person)
        .join(TopicStanding, TopicStanding.person_id == Person.id)
        .where(TopicStanding.kind == kind, TopicStanding.topic_id == topic_id, is_known())
        .where(tells_of_it(), may_be_listed())
        .options(joinedload(Person.department))
        .order_by(Person.name, Person.id)
        .limit(limit)
    )
    return db.session.scalars(statement).all()


def known_of(person: Person, *, seen_by: Person) -> Known:
    """Return what a person's page tells of what they know, in one statement.

    Whoever has not consented finds on their own page alone what others are not told.
    """
    is_own = person.id == seen_by.id
    is_told = may_see_points(seen_by, person) and (is_own or person.shows_expertise)
    owned: Any = select(literal(OWNER), System.id, System.name, System.slug, literal(0)).where(
        System.owner_id == person.id, System.is_active
    )
    parts = [owned, *_topics_of([person.id])] if is_told else [owned]
    rows = db.session.execute(_sorted(parts)).all()
    topics = [_topic(row) for row in rows if row[0] != OWNER]
    return Known(topics, [_topic(row) for row in rows if row[0] == OWNER])


def topics_told_of(person_ids: Collection[int]) -> dict[int, list[Topic]]:
    """Return what each of the people is known for and has consented to be told of."""
    found: dict[int, list[Topic]] = defaultdict(list)
    parts = [
        part.join(Person, Person.id == TopicStanding.person_id).where(tells_of_it())
        for part in _topics_of(person_ids)
    ]
    for row in db.session.execute(_sorted(parts)):
        found[row[4]].append(_topic(row))
    return found


def _topics_of(person_ids: Collection[int]) -> list[Any]:
    """Select the known topics of people, as (kind, id, name, slug, person's id)."""
    known = TopicStanding.person_id.in_(person_ids), is_known()
    person_id = TopicStanding.person_id
    return [
        select(literal(SYSTEM), System.id, System.name, System.slug, person_id)
        .join(TopicStanding, TopicStanding.topic_id == System.id)
        .where(TopicStanding.kind == SYSTEM, System.is_active, *known),
        select(literal(TAG), Tag.id, Tag.name, literal(""), person_id)
        .join(TopicStanding, TopicStanding.topic_id == Tag.id)
        .where(TopicStanding.kind == TAG, *known),
    ]


def _sorted(parts: Sequence[Any]) -> Any:
    every = union_all(*parts).subquery()
    return select(*every.c).order_by(every.c[2], every.c[1])


def _topic(row: Any) -> Topic:
    kind, topic_id, name, slug = row[:4]
    return Topic(kind, name, tag_word(name, topic_id) if kind == TAG else slug)
