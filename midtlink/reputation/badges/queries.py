"""Who holds which badges, as far as somebody may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, String, func, literal, select, union_all
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut
from midtlink.people.models import Person
from midtlink.people.policy import may_see_points
from midtlink.reputation.badges.counting import count
from midtlink.reputation.badges.rules import BADGES, FEWEST_COUNTED, Badge
from midtlink.reputation.records import BadgeAward, OwnAward, OwnAwardGrant
from midtlink.settings import queries as settings

STANDING = BadgeAward.revoked_at.is_(None)


@dataclass(frozen=True)
class Held:
    """A badge as a profile shows it: the highest step that its person holds."""

    badge: Badge
    step: int

    @property
    def needed(self) -> int:
        """Return how many of what is counted the step takes."""
        return self.badge.steps[self.step - 1]


@dataclass(frozen=True)
class HeldAward:
    """One of the hospital's own awards as a profile shows it."""

    award_id: int
    name: str


@dataclass(frozen=True)
class Progress:
    """How far a person is with a badge. `steps` are the steps that they hold."""

    badge: Badge
    count: int
    steps: frozenset[int]
    #: Why a moderator took steps away for good.
    taken: tuple[tuple[int, datetime, str], ...] = ()

    @property
    def next_step(self) -> int | None:
        """Return how many the next step takes that can still be won."""
        gone = {step for step, _, _ in self.taken}
        left = enumerate(self.badge.steps, start=1)
        return next((needed for step, needed in left if step not in self.steps | gone), None)


def shown_badges() -> list[Badge]:
    """Return the badges that there are; none for help where points are switched off."""
    points_are_on = settings.is_on("points_are_on")
    return [badge for badge in BADGES.values() if points_are_on or not badge.is_by_help]


def get_badge(key: str) -> Badge:
    """Return a badge that there is. Raises NotFound."""
    found = next((badge for badge in shown_badges() if badge.key == key), None)
    if found is None:
        raise NotFound(key)
    return found


def badges_of(person: Person, *, seen_by: Person | None) -> list[Held | HeldAward]:
    """Return what a profile shows: badges in their order, then own awards, in one statement.

    Badges won by points or help only where the reader may see the person's points.
    """
    if seen_by is None or not seen_by.is_active:
        return []
    sees_all = may_see_points(seen_by, person)
    rows = [tuple(row) for row in db.session.execute(_held_by(person))]
    steps = {key: number for key, number, name in rows if name is None}
    awards = [HeldAward(number, name) for _, number, name in rows if name is not None]
    held: list[Held | HeldAward] = [
        Held(badge, min(steps[badge.key], len(badge.steps)))
        for badge in BADGES.values()
        if badge.key in steps and (sees_all or not badge.is_by_help)
    ]
    return held + sorted(awards, key=lambda award: award.name)


def _held_by(person: Person) -> Any:
    """Select (badge, highest step, None) and ("", award, its name)."""
    badges = (
        select(BadgeAward.badge, func.max(BadgeAward.step), literal(None, String()))
        .where(BadgeAward.person_id == person.id, STANDING)
        .group_by(BadgeAward.badge)
    )
    awards = (
        select(literal("", String()), OwnAward.id, OwnAward.name)
        .join(OwnAwardGrant, OwnAwardGrant.award_id == OwnAward.id)
        .where(OwnAwardGrant.person_id == person.id, OwnAwardGrant.withdrawn_at.is_(None))
        .distinct()
    )
    return union_all(badges, awards)


def progress_of(person: Person, badges: Sequence[Badge]) -> list[Progress]:
    """Return how far a person is with badges; for that person's eyes only."""
    statement = select(
        BadgeAward.badge,
        BadgeAward.step,
        BadgeAward.revoked_at,
        BadgeAward.revoked_by_id,
        BadgeAward.reason,
    ).where(BadgeAward.person_id == person.id)
    rows = db.session.execute(statement.order_by(BadgeAward.step)).all()
    counts = count([person.id])[person.id]
    return [
        Progress(
            badge,
            counts[badge.counts],
            frozenset(row.step for row in rows if row.badge == badge.key and not row.revoked_at),
            tuple(
                (row.step, row.revoked_at, row.reason)
                for row in rows
                if row.badge == badge.key and row.revoked_by_id
            ),
        )
        for badge in badges
    ]


def list_holders(badge: Badge, after: int | None = None) -> Slice[Person]:
    """Return a page of those who hold a badge and want to stand in such lists, by name."""
    listed = _holders(badge).where(Person.is_listed, Person.hides_points.is_(False))
    statement = listed.options(joinedload(Person.department)).order_by(Person.name, Person.id)
    if after is not None:
        statement = statement.where(_is_behind(after))
    rows = db.session.scalars(statement.limit(PAGE_SIZE + 1)).unique().all()
    return cut(rows, lambda person: person.id)


def count_holders(badge: Badge) -> int | None:
    """Return how many colleagues hold a badge; None where they are too few to be counted."""
    people = _holders(badge).with_only_columns(func.count(Person.id), maintain_column_froms=True)
    found: int = db.session.scalar(people) or 0
    return found if found >= FEWEST_COUNTED else None


def count_standing() -> int:
    """Return how many awards of badges stand."""
    return db.session.scalar(select(func.count(BadgeAward.id)).where(STANDING)) or 0


def _holders(badge: Badge) -> Select[Any]:
    held = select(BadgeAward.person_id).where(BadgeAward.badge == badge.key, STANDING)
    people = select(Person).where(Person.id.in_(held), Person.is_active)
    return people.where(Person.hides_points.is_(False)) if badge.is_by_help else people


def _is_behind(person_id: int) -> ColumnElement[bool]:
    last = Person.__table__.alias()
    name = select(last.c.name).where(last.c.id == person_id).scalar_subquery()
    same = (Person.name == name) & (Person.id > literal(person_id, Integer()))
    return (Person.name > name) | same
