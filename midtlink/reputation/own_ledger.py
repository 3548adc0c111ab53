"""One's own ledger, newest first: nobody else's, and never who voted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Department, Person
from midtlink.questions.models import Post
from midtlink.questions.queries import visible
from midtlink.refusals import BadInput
from midtlink.reputation import rules
from midtlink.reputation.models import GRANT, REVERSED, Entry, Fact
from midtlink.reputation.records import SuspectVote, Suspicion


@dataclass(frozen=True, kw_only=True)
class OwnEntry:
    """A row of one's ledger. Who acted is told as a role, and of a vote not at all."""

    fact_id: int
    ordinal: int
    rule: str
    kind: str
    worth: int
    points: int
    happened_at: datetime
    #: What happened to the source or the post (models.Fact.kind).
    fact_kind: str
    is_by_asker: bool
    is_by_me: bool
    is_by_somebody: bool
    #: The department that a bridge leads to.
    department: str
    #: The post, where the person may still know of it.
    post: Post | None
    #: Why a moderator made a vote void.
    reason: str

    @property
    def is_capped(self) -> bool:
        """The day's cap left less than the rule is worth."""
        return self.kind == GRANT and 0 <= self.points < self.worth


def list_own_entries(*, by: Person, cursor: str | None = None) -> Slice[OwnEntry]:
    """Return what changed a person's own points, newest first. Raises BadInput."""
    page = cut(_rows(by, cursor), key=lambda row: (row[0].fact_id, row[0].ordinal))
    posts = _posts({row[0].post_id for row in page.rows}, by)
    reasons = _reasons({row[0].source for row in page.rows if row[1].kind == REVERSED})
    return Slice([_own(row, by, posts, reasons) for row in page.rows], page.next_cursor)


def counted_today(person: Person) -> int:
    """Return how much of today's cap a person has used."""
    return person.counted if person.counted_on == rules.day_of(clock.now()) else 0


def _rows(person: Person, cursor: str | None) -> Sequence[Any]:
    statement = (
        select(Entry, Fact, Department.name)
        .join(Fact, Fact.id == Entry.fact_id)
        .outerjoin(Department, Department.id == Entry.asker_department_id)
        .where(Entry.person_id == person.id)
        .order_by(Entry.fact_id.desc(), Entry.ordinal.desc())
    )
    if after := read_cursor(cursor):
        if len(after) != len(("fact_id", "ordinal")):
            raise BadInput("cursor")
        is_same = and_(Entry.fact_id == after[0], Entry.ordinal < after[1])
        statement = statement.where(or_(Entry.fact_id < after[0], is_same))
    return db.session.execute(statement.limit(PAGE_SIZE + 1)).all()


def _posts(ids: Iterable[int], person: Person) -> dict[int, Post]:
    """Return the posts that the person may know of."""
    if not ids:
        return {}
    statement = visible(select(Post).where(Post.id.in_(ids)), person)
    above = joinedload(Post.thread), joinedload(Post.parent)
    return {post.id: post for post in db.session.scalars(statement.options(*above))}


def _reasons(sources: Iterable[str]) -> dict[str, str]:
    """Return why votes were made void, by their source."""
    if not sources:
        return {}
    statement = (
        select(Fact.source, Suspicion.reason)
        .join(SuspectVote, SuspectVote.fact_id == Fact.id)
        .join(Suspicion, Suspicion.id == SuspectVote.suspicion_id)
        .where(Fact.source.in_(sources), Suspicion.is_reversed.is_(True))
        .order_by(Suspicion.id)
    )
    return dict(db.session.execute(statement).all())


def _own(row: Any, person: Person, posts: dict[int, Post], reasons: dict[str, str]) -> OwnEntry:
    entry, fact, department = row
    return OwnEntry(
        fact_id=entry.fact_id,
        ordinal=entry.ordinal,
        rule=entry.rule,
        kind=entry.kind,
        worth=entry.worth,
        points=entry.points,
        happened_at=entry.happened_at,
        fact_kind=fact.kind,
        is_by_asker=fact.actor_id is not None and fact.actor_id == fact.asker_id,
        is_by_me=fact.actor_id == person.id,
        is_by_somebody=fact.actor_id is not None,
        department=(department or "") if entry.rule == rules.BRIDGE else "",
        post=posts.get(entry.post_id),
        reason=reasons.get(entry.source, "") if fact.kind == REVERSED else "",
    )
