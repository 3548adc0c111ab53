"""How the reactions on a post stand, and what somebody has lately done: in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal, null, select, union_all

from midtlink import clock
from midtlink.clock import HOSPITAL_TIME
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.records import SAME, Reaction
from midtlink.questions.rules import DAILY_VOTES, PACE_MINUTES
from midtlink.settings import queries as settings

LATELY, TODAY = "lately", "today"


@dataclass(frozen=True)
class Reactions:
    """What stands on a post, and what one person has set."""

    #: How many of each kind stand on the post.
    counts: Mapping[str, int]
    #: The person's own there, by kind: the ids of their rows.
    own: Mapping[str, int]
    #: The person has the question's problem too.
    has_problem: bool
    #: How many the person has set in the last minutes, and of the day's votes.
    lately: int
    today: int


def reactions_of(post: Post, person: Person) -> Reactions:
    """Return how the reactions on a post stand, and what the person has set here and lately."""
    mine = func.max(case((Reaction.person_id == person.id, Reaction.id)))
    standing = (
        select(Reaction.post_id, Reaction.kind, func.count(), mine)
        .where(Reaction.post_id.in_({post.id, post.question_id}), Reaction.withdrawn_at.is_(None))
        .group_by(Reaction.post_id, Reaction.kind)
    )
    moment = clock.now()
    since = moment - timedelta(minutes=PACE_MINUTES)
    lately = _number(LATELY, person, Reaction.set_at > since, moment)
    rows: Any = db.session.execute(union_all(standing, lately, _today(person, moment))).all()
    here = [row for row in rows if row[0] == post.id]
    number = {kind: count for post_id, kind, count, _ in rows if post_id == 0}
    return Reactions(
        counts={kind: count for _, kind, count, _ in here},
        own={kind: own for _, kind, _, own in here if own is not None},
        has_problem=any(
            kind == SAME and own is not None
            for post_id, kind, _, own in rows
            if post_id == post.question_id
        ),
        lately=number[LATELY],
        today=number[TODAY],
    )


def votes_left(person: Person) -> int:
    """Return how many votes a person has left today."""
    row: Any = db.session.execute(_today(person, clock.now())).one()
    return max(0, settings.number("votes_per_day") - row[2])


def start_of_day(moment: datetime) -> datetime:
    """Return when the hospital's day of a moment began."""
    return moment.astimezone(HOSPITAL_TIME).replace(hour=0, minute=0, second=0, microsecond=0)


def _today(person: Person, moment: datetime) -> Any:
    is_today = Reaction.set_at >= start_of_day(moment)
    return _number(TODAY, person, is_today, moment).where(Reaction.kind.in_(DAILY_VOTES))


def _number(name: str, person: Person, is_recent: ColumnElement[bool], moment: datetime) -> Any:
    own = Reaction.person_id == person.id, is_recent, Reaction.set_at <= moment
    return select(literal(0), literal(name), func.count(Reaction.id), null()).where(*own)
