"""Facts worked out from the rows that stand, where nobody wrote them down as they happened.

An import and the demo write rows in bulk, and a database may be older than the ledger. What is
known of each source is compared with the rows; the difference becomes facts, the oldest first.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from midtlink import clock
from midtlink.extensions import db
from midtlink.questions.models import COMMENT, Post
from midtlink.reputation.ledger.sources import Stands, rows_of
from midtlink.reputation.models import AWAY, BACK, ERASED, SET, WITHDRAWN, Fact

Item = TypeVar("Item")
#: Ids in one statement.
MANY = 1_000
ABOUT_POSTS = (AWAY, BACK, ERASED)
OLDEST = datetime(1, 1, 1, tzinfo=UTC)


class Known(NamedTuple):
    """The newest fact about a source."""

    kind: str
    subject: str
    post_id: int


class AllKnown(NamedTuple):
    """What the facts say of some posts so far."""

    sources: dict[str, Known]
    #: Whether a post went away or came back last.
    posts: dict[int, str]
    #: The posts whose text was removed for ever.
    erased: set[int]


def gather(post_ids: Collection[int]) -> list[dict[str, Any]]:
    """Return the facts about the posts that are missing, without places, in their order."""
    missing: list[dict[str, Any]] = []
    for part in parts(sorted(post_ids)):
        posts = {row.id: row for row in db.session.execute(_posts(part))}
        known, standing = _known(part), list(rows_of(part))
        found = list(_of_sources(posts, known.sources, standing))
        given = {row.post_id for row in standing}
        given |= {source.post_id for source in known.sources.values()}
        missing += found
        missing += _of_posts([posts[post_id] for post_id in sorted(given)], known, found)
    return sorted(missing, key=_order)


def _order(fact: dict[str, Any]) -> tuple[Any, ...]:
    """The oldest first; a post is hidden after what it was given at the same moment."""
    return fact["happened_at"], fact["kind"] in ABOUT_POSTS, fact["post_id"], fact["source"]


def gather_dropped(post_ids: Collection[int]) -> list[dict[str, Any]]:
    """Return the facts that end everything that the posts have given."""
    missing: list[dict[str, Any]] = []
    for part in parts(sorted(post_ids)):
        posts = {row.id: row for row in db.session.execute(_posts(part))}
        missing += _of_sources(posts, _known(part).sources, [])
    return missing


def parts(items: Iterable[Item], size: int = MANY) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def _of_sources(
    posts: dict[int, Any], known: dict[str, Known], standing: Sequence[Stands]
) -> Iterator[dict[str, Any]]:
    moment, seen = clock.now(), set()
    for row in standing:
        seen.add(row.source)
        post, last = posts[row.post_id], known.get(row.source)
        kind = last.kind if last else None
        if kind is None or (kind == WITHDRAWN and row.ended_at is None):
            yield _fact(SET, post, row.set_at, row)
            kind = SET
        if kind == SET and row.ended_at is not None:
            yield _fact(WITHDRAWN, post, row.ended_at, row)
    for source, last in known.items():
        if last.kind == SET and source not in seen:
            gone = Stands(source, last.subject, last.post_id, None, None, False, moment, None)
            yield _fact(WITHDRAWN, posts[last.post_id], moment, gone)


def _of_posts(
    posts: Iterable[Any], known: AllKnown, found: Iterable[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """Only what has given something can be suspended, returned or ended, and not before."""
    given_at: dict[int, datetime] = {}
    for fact in found:
        given_at[fact["post_id"]] = max(
            fact["happened_at"], given_at.get(fact["post_id"], fact["happened_at"])
        )
    for post in posts:
        away_at = min(filter(None, (post.hidden_at, post.deleted_at)), default=None)
        last, erased = known.posts.get(post.id), post.id in known.erased
        if post.redacted_at is not None and not erased:
            yield _fact(ERASED, post, max(post.redacted_at, given_at.get(post.id, OLDEST)))
        elif away_at is not None and last != AWAY:
            yield _fact(AWAY, post, max(away_at, given_at.get(post.id, OLDEST)))
        elif away_at is None and last == AWAY:
            yield _fact(BACK, post, clock.now())


def _fact(kind: str, post: Any, at: datetime, row: Stands | None = None) -> dict[str, Any]:
    return {
        "kind": kind,
        "source": row.source if row else "",
        "subject": row.subject if row else "",
        "post_id": post.id,
        "question_id": post.question_id,
        "helper_id": row.helper_id if row and row.helper_id is not None else post.author_id,
        "asker_id": post.asker_id,
        "actor_id": row.actor_id if row else None,
        "has_problem": bool(row and row.has_problem),
        "happened_at": at,
    }


def _posts(ids: list[int]) -> Any:
    thread = aliased(Post.__table__)
    post: Any = Post.__table__.c
    return (
        select(
            post.id,
            post.author_id,
            post.hidden_at,
            post.deleted_at,
            post.redacted_at,
            func.coalesce(post.thread_id, post.id).label("question_id"),
            thread.c.author_id.label("asker_id"),
        )
        .join(thread, thread.c.id == func.coalesce(post.thread_id, post.id))
        .where(post.id.in_(ids), post.kind != COMMENT)
    )


def _known(ids: list[int]) -> AllKnown:
    columns = (Fact.source, Fact.kind, Fact.subject, Fact.post_id)
    statement = select(*columns).where(Fact.post_id.in_(ids)).order_by(Fact.id)
    found = AllKnown({}, {}, set())
    for source, kind, subject, post_id in db.session.execute(statement):
        if kind == ERASED:
            found.erased.add(post_id)
        elif kind in ABOUT_POSTS:
            found.posts[post_id] = kind
        else:
            found.sources[source] = Known(kind, subject, post_id)
    return found
