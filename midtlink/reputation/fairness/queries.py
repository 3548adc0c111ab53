"""Finding votes that look arranged, for moderators who have no part in them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload

from midtlink.access import NotAllowed, NotFound
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.policy import may_read
from midtlink.questions.queries.posts import LARGEST_ID
from midtlink.reputation.fairness.policy import may_decide, may_moderate_votes, names
from midtlink.reputation.fairness.rules import DEPARTMENT
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.models import ENDED, TAKEN, Fact
from midtlink.reputation.records import SuspectVote, Suspicion

#: Votes on a page.
VOTES_SHOWN = 50


@dataclass(frozen=True)
class Listed:
    """A suspicion in a list, and of how many votes it is."""

    suspicion: Suspicion
    count: int


@dataclass(frozen=True)
class Pair:
    """How many of a suspicion's votes one colleague gave another."""

    giver: Person
    receiver: Person
    count: int


@dataclass(frozen=True)
class SuspectedVote:
    """A vote as a moderator sees it; no post where there is none that the moderator may read."""

    fact_id: int
    giver: Person
    receiver: Person
    post: Post | None
    subject: str
    set_at: datetime
    #: Its points stand, also while nobody sees the post.
    stands: bool


def get_suspicion(suspicion_id: int, *, seen_by: Person | None) -> Suspicion:
    """Return a suspicion. Raises NotFound, also for one that the person has a part in."""
    found = None
    if 0 < suspicion_id <= LARGEST_ID and may_moderate_votes(seen_by):
        statement = _suspicions().where(Suspicion.id == suspicion_id)
        found = db.session.scalars(statement.execution_options(populate_existing=True)).first()
    if found is None or not may_decide(seen_by, found):
        raise NotFound(suspicion_id)
    return found


def list_suspicions(
    *, seen_by: Person | None, is_decided: bool = False, cursor: str | None = None
) -> Slice[Listed]:
    """Return suspicions that wait for a decision, or decided ones, newest first."""
    if seen_by is None or not may_moderate_votes(seen_by):
        raise NotAllowed(seen_by, "list suspicions")
    state = Suspicion.decided_at.is_not(None) if is_decided else Suspicion.decided_at.is_(None)
    votes = select(func.count()).where(SuspectVote.suspicion_id == Suspicion.id)
    statement = _suspicions().where(state, ~names(seen_by, Suspicion.id))
    if after := read_cursor(cursor):
        statement = statement.where(Suspicion.id < after[0])
    statement = statement.add_columns(votes.correlate(Suspicion).scalar_subquery())
    found = db.session.execute(statement.order_by(Suspicion.id.desc()).limit(PAGE_SIZE + 1))
    return cut([Listed(*row) for row in found], key=lambda row: row.suspicion.id)


def pairs_of(suspicions: Collection[Suspicion]) -> dict[int, list[Pair]]:
    """Return who voted for whom, by suspicion, the most votes first: all in one statement.

    Of a department there are too many, and none stands out.
    """
    ids = [each.id for each in suspicions if each.kind != DEPARTMENT]
    giver, receiver = aliased(Person), aliased(Person)
    counts = (
        select(SuspectVote.suspicion_id, Fact.actor_id, Fact.helper_id, func.count().label("count"))
        .join(Fact, Fact.id == SuspectVote.fact_id)
        .where(SuspectVote.suspicion_id.in_(ids))
        .group_by(SuspectVote.suspicion_id, Fact.actor_id, Fact.helper_id)
        .subquery()
    )
    statement = (
        select(counts.c.suspicion_id, giver, receiver, counts.c.count)
        .join(giver, giver.id == counts.c.actor_id)
        .join(receiver, receiver.id == counts.c.helper_id)
        .options(joinedload(giver.department), joinedload(receiver.department))
        .order_by(counts.c.count.desc(), giver.id, receiver.id)
    )
    found: dict[int, list[Pair]] = {each.id: [] for each in suspicions}
    for suspicion_id, one, other, number in db.session.execute(statement) if ids else ():
        found[suspicion_id].append(Pair(one, other, number))
    return found


def list_votes(
    suspicion: Suspicion, *, seen_by: Person | None, cursor: str | None = None
) -> Slice[SuspectedVote]:
    """Return a suspicion's votes, the oldest first, with the posts that the moderator may read."""
    if not may_decide(seen_by, suspicion):
        raise NotAllowed(seen_by, "see votes", suspicion)
    statement = _votes().where(SuspectVote.suspicion_id == suspicion.id)
    if after := read_cursor(cursor):
        statement = statement.where(Fact.id > after[0])
    rows = db.session.execute(statement.order_by(Fact.id).limit(VOTES_SHOWN + 1)).all()
    posts = _posts({row.Fact.post_id for row in rows})
    votes = [_vote(row, posts, seen_by) for row in rows]
    return cut(votes, key=lambda vote: vote.fact_id, size=VOTES_SHOWN)


def _suspicions() -> Any:
    options = joinedload(Suspicion.department), joinedload(Suspicion.decided_by)
    return select(Suspicion).options(*options)


def _votes() -> Any:
    giver, receiver = aliased(Person), aliased(Person)
    stands = (
        select(func.count())
        .where(LEDGER.c.grant_fact_id == Fact.id, LEDGER.c.source == Fact.source)
        .where(LEDGER.c.kind.in_((TAKEN, ENDED)))
        .scalar_subquery()
    )
    return (
        select(Fact, giver, receiver, (stands == 0).label("stands"))
        .join(SuspectVote, SuspectVote.fact_id == Fact.id)
        .join(giver, giver.id == Fact.actor_id)
        .join(receiver, receiver.id == Fact.helper_id)
    )


def _posts(ids: Collection[int]) -> dict[int, Post]:
    above = joinedload(Post.thread), joinedload(Post.parent)
    statement = select(Post).where(Post.id.in_(ids)).options(*above)
    return {post.id: post for post in db.session.scalars(statement)}


def _vote(row: Any, posts: dict[int, Post], seen_by: Person | None) -> SuspectedVote:
    fact, giver, receiver, stands = row
    post = posts.get(fact.post_id)
    return SuspectedVote(
        fact_id=fact.id,
        giver=giver,
        receiver=receiver,
        post=post if may_read(seen_by, post) else None,
        subject=fact.subject,
        set_at=fact.happened_at,
        stands=bool(stands),
    )
