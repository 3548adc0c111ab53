"""Who asks, answers, comments and votes in the demo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random
from typing import NamedTuple

from sqlalchemy import select

from midtlink.access import MODERATOR, REVIEWER
from midtlink.extensions import db
from midtlink.people.models import Department, Person, RoleGrant


class Colleague(NamedTuple):
    """As much of a person as casting needs."""

    id: int
    username: str
    profession: str
    department_id: int | None
    department: str


@dataclass
class Pool:
    """Colleagues of one kind, the helpful ones weighing more."""

    people: list[Colleague]
    weights: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Let a few give most of the answers, as in every community."""
        rng = Random(f"helpful {self.people[0].profession}")  # noqa: S311 - a demo
        places = list(range(1, len(self.people) + 1))
        rng.shuffle(places)
        self.weights = list(accumulate(1 / (place + 2) for place in places))

    def draw(self, rng: Random, *, helpful: bool) -> Colleague:
        """Draw one colleague."""
        if helpful:
            return rng.choices(self.people, cum_weights=self.weights)[0]
        return rng.choice(self.people)


class Staff:
    """Everybody at the hospital, to draw from."""

    def __init__(self) -> None:
        self.everyone = _load()
        self.named = {each.username: each for each in self.everyone}
        self.reviewers = _with_role(self.everyone, REVIEWER)
        self.moderators = _with_role(self.everyone, MODERATOR)
        self._pools: dict[tuple[str, str], Pool | None] = {}

    def draw(
        self,
        rng: Random,
        profession: str,
        *,
        at: str = "",
        helpful: bool = False,
        but: Iterable[int] = (),
    ) -> Colleague:
        """Draw a colleague of a profession, of a department if it has any, except some ids."""
        excepted = set(but)
        pools = (self._pool(profession, at), self._pool(profession, ""))
        for pool in filter(None, pools):
            for _ in range(30):
                colleague = pool.draw(rng, helpful=helpful)
                if colleague.id not in excepted:
                    return colleague
        return next(each for each in self.everyone if each.id not in excepted)

    def draw_many(self, rng: Random, number: int, *, but: Iterable[int]) -> list[Colleague]:
        """Draw different colleagues of any kind, except some ids."""
        excepted = set(but)
        drawn = rng.sample(self.everyone, min(number + len(excepted), len(self.everyone)))
        return [each for each in drawn if each.id not in excepted][:number]

    def reviewer(self, rng: Random, *, but: int = 0) -> Colleague:
        """Draw one of IT's reviewers."""
        return rng.choice([each for each in self.reviewers if each.id != but])

    def _pool(self, profession: str, at: str) -> Pool | None:
        key = (profession, at)
        if key not in self._pools:
            those = [
                each
                for each in self.everyone
                if each.profession == profession and at in ("", each.department)
            ]
            self._pools[key] = Pool(those) if those else None
        return self._pools[key]


def _load() -> list[Colleague]:
    statement = (
        select(Person.id, Person.username, Person.profession, Department.id, Department.name)
        .join(Department, Department.id == Person.department_id)
        .where(Person.is_active)
        .order_by(Person.id)
    )
    return [Colleague(*row) for row in db.session.execute(statement)]


def _with_role(everyone: list[Colleague], role: str) -> list[Colleague]:
    ids = set(db.session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == role)))
    return [each for each in everyone if each.id in ids]
