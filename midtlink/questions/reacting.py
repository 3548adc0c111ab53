"""Votes, and "I have the same problem": set or withdrawn, never toggled."""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import insert, update

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import hold, memo, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.deriving import set_votes
from midtlink.questions.events import ReactionSet, ReactionWithdrawn
from midtlink.questions.models import Post
from midtlink.questions.policy import may_react, may_withdraw_reaction
from midtlink.questions.queries import lock
from midtlink.questions.queries.reactions import Reactions, reactions_of
from midtlink.questions.records import Reaction
from midtlink.questions.rules import DAILY_VOTES, FEW_VOTES, OPPOSITES, PACES, REACTIONS
from midtlink.refusals import BadInput, TooMany
from midtlink.settings import queries as settings

#: The name under which a person's reactions go one after the other.
ALONE = "questions.reactions"
#: Why a vote is refused when the day's are used up.
DAY = "votes_per_day"
TABLE: Any = Reaction.__table__


def set_reaction(post: Post, kind: str, *, by: Person | None) -> int | None:
    """React to a post; the opposite reaction is taken back. What is set stays as it is.

    Returns how many votes the person has left today when these are few, else None. Raises TooMany
    when there are none, or the reactions come faster than anybody's should.
    """
    with transaction():
        post, person = _prepare(post, kind, by, may_react)
        known = reactions_of(post, person)
        if kind in known.own:
            return None
        left = _keep_pace(kind, known)
        turned = [each for each in known.own if each == OPPOSITES.get(kind)]
        _withdraw(known, turned)
        reaction_id = _set(post, kind, person)
        _count(post, known, turned, kind)
        for each in turned:
            _tell(ReactionWithdrawn, post, person, each, known.own[each])
        _tell(ReactionSet, post, person, kind, reaction_id, has_problem=known.has_problem)
        return left


def withdraw_reaction(post: Post, kind: str, *, by: Person | None) -> None:
    """Take a reaction back; its row stays, dated. Without one nothing changes."""
    with transaction():
        post, person = _prepare(post, kind, by, may_withdraw_reaction)
        known = reactions_of(post, person)
        if kind in known.own:
            _withdraw(known, [kind])
            _count(post, known, [kind])
            _tell(ReactionWithdrawn, post, person, kind, known.own[kind])


def _prepare(
    post: Post, kind: str, by: Person | None, may: Callable[[Person, Post, str], bool]
) -> tuple[Post, Person]:
    if by is not None and memo().get("alone") != (ALONE, by.id):
        hold(f"{ALONE}.{by.id}")
    post = lock(post)
    if kind not in REACTIONS.get(post.kind, ()):
        raise BadInput("kind")
    if by is None or not may(by, post, kind):
        raise NotAllowed(by, kind, post)
    return post, by


def _keep_pace(kind: str, known: Reactions) -> int | None:
    """Return how many votes are left after this one if they are few. Raises TooMany."""
    if known.lately >= PACES["reactions"]:
        raise TooMany("reactions")
    if kind not in DAILY_VOTES:
        return None
    left = settings.number(DAY) - known.today
    if left <= 0:
        raise TooMany(DAY)
    return left - 1 if left <= FEW_VOTES + 1 else None


def _set(post: Post, kind: str, by: Person) -> int:
    statement = insert(TABLE).values(
        post_id=post.id, person_id=by.id, kind=kind, set_at=clock.now()
    )
    return db.session.scalars(statement.returning(TABLE.c.id)).one()


def _withdraw(known: Reactions, some: Iterable[str]) -> None:
    for each in some:
        row = update(TABLE).where(TABLE.c.id == known.own[each])
        db.session.execute(row.values(withdrawn_at=clock.now()))


def _count(post: Post, known: Reactions, gone: Iterable[str], come: str = "") -> None:
    """Set the post's counts: what stood under the lock, less what went, and what came."""
    counts = dict(known.counts)
    for each in gone:
        counts[each] -= 1
    if come:
        counts[come] = counts.get(come, 0) + 1
    set_votes(post, counts)


def _tell(
    event: type[ReactionSet | ReactionWithdrawn],
    post: Post,
    by: Person,
    kind: str,
    reaction_id: int,
    **more: bool,
) -> None:
    fact = event(
        by_id=by.id,
        question_id=post.question_id,
        post_id=post.id,
        kind=kind,
        reaction_id=reaction_id,
        **more,
    )
    publish(fact)
