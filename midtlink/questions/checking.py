"""Proving that what is stored beside the rows is what follows from them, and mending it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions import rules
from midtlink.questions.models import ANSWER, COMMENT, Post, Question
from midtlink.questions.queries.locks import lock_threads
from midtlink.questions.records import (
    PATIENT_DATA,
    SAME,
    Acceptance,
    Closure,
    Confirmation,
    Deletion,
    Hiding,
    Reaction,
    Redaction,
    Revision,
)
from midtlink.topics.rules import fold

#: Threads looked at in one transaction.
BATCH = 200


@dataclass(frozen=True)
class Difference:
    """A stored value that is not what follows from the rows."""

    post_id: int
    name: str
    stored: Any
    derived: Any


def check_threads(*, mend: bool = False) -> Iterator[Difference]:
    """Yield every difference; with `mend` the stored value is put right before it is told."""
    after = 0
    while ids := _next_ids(after):
        after = ids[-1]
        yield from _check_batch(ids, mend)


def _next_ids(after: int) -> list[int]:
    statement = select(Question.id).where(Question.id > after).order_by(Question.id).limit(BATCH)
    return list(db.session.scalars(statement))


def _check_batch(ids: Sequence[int], mend: bool) -> list[Difference]:
    def work() -> list[Difference]:
        lock_threads(ids)
        rows = Rows(ids)
        found = [each for post in rows.posts for each in _compare(post, rows.derive(post))]
        if mend:
            posts = {post.id: post for post in rows.posts}
            for each in found:
                setattr(posts[each.post_id], each.name, each.derived)
        return found

    return in_transaction(work)


def _compare(post: Post, derived: dict[str, Any]) -> Iterator[Difference]:
    for name, value in derived.items():
        stored = getattr(post, name)
        same = abs(stored - value) < 1e-9 if isinstance(value, float) else stored == value
        if not same:
            yield Difference(post.id, name, stored, value)


class Rows:
    """The rows of some threads, read in a few statements, and what follows from them."""

    def __init__(self, ids: Sequence[int]) -> None:
        of_threads = or_(Post.id.in_(ids), Post.thread_id.in_(ids))
        fresh = select(Post).where(of_threads).order_by(Post.id)
        options = {"populate_existing": True}
        self.posts = db.session.scalars(fresh.execution_options(**options)).all()
        posts = select(Post.id).where(of_threads)
        self.by_thread: dict[int, list[Post]] = defaultdict(list)
        for post in self.posts:
            self.by_thread[post.question_id].append(post)
        self.reactions = self._count_reactions(posts)
        self.closed = _dates(
            select(Closure.question_id, Closure.closed_at).where(
                Closure.question_id.in_(ids), Closure.reopened_at.is_(None)
            )
        )
        self.accepted = _dates(
            select(Acceptance.question_id, Acceptance.answer_id).where(
                Acceptance.question_id.in_(ids), Acceptance.ended_at.is_(None)
            )
        )
        self.confirmed = _dates(
            select(Confirmation.answer_id, Confirmation.confirmed_at).where(
                Confirmation.answer_id.in_(posts), Confirmation.withdrawn_at.is_(None)
            )
        )
        self.deleted = _dates(
            select(Deletion.post_id, func.min(Deletion.deleted_at))
            .where(Deletion.post_id.in_(posts), Deletion.restored_at.is_(None))
            .group_by(Deletion.post_id)
        )
        self.redacted = _dates(
            select(Redaction.post_id, func.max(Redaction.redacted_at))
            .where(Redaction.post_id.in_(posts))
            .group_by(Redaction.post_id)
        )
        self.revisions = _dates(
            select(Revision.post_id, func.max(Revision.number))
            .where(Revision.post_id.in_(posts))
            .group_by(Revision.post_id)
        )
        self.hidings = self._list_hidings(posts)

    def derive(self, post: Post) -> dict[str, Any]:
        """Return what a post's stored values should be."""
        derived = self._derive_post(post)
        if post.kind != COMMENT:
            derived |= self._derive_votes(post)
        if isinstance(post, Question):
            derived |= self._derive_thread(post)
        return derived

    def _derive_post(self, post: Post) -> dict[str, Any]:
        hidings = self.hidings.get(post.id, [])
        reasons = [row.because for row in hidings]
        is_suspected = PATIENT_DATA in reasons
        return {
            "hidden_at": min((row.hidden_at for row in hidings), default=None),
            "hidden_because": PATIENT_DATA if is_suspected else next(iter(reasons), None),
            "deleted_at": self.deleted.get(post.id),
            "redacted_at": self.redacted.get(post.id),
            "confirmed_at": self.confirmed.get(post.id),
            "revision_number": self.revisions.get(post.id, post.revision_number),
        }

    def _derive_votes(self, post: Post) -> dict[str, Any]:
        counts = self.reactions.get(post.id, {})
        up = sum(counts.get(kind, 0) for kind in rules.VOTES_FOR)
        down = sum(counts.get(kind, 0) for kind in rules.VOTES_AGAINST)
        derived: dict[str, Any] = {"up_count": up, "down_count": down}
        if post.kind == ANSWER:
            return derived | {"rank": rules.wilson_lower_bound(up, down)}
        return derived | {"same_count": counts.get(SAME, 0)}

    def _derive_thread(self, question: Question) -> dict[str, Any]:
        posts = self.by_thread[question.id]
        answers = {post.id for post in posts if post.kind == ANSWER and self._is_shown(post)}
        accepted = self.accepted.get(question.id)
        chosen = accepted if accepted in answers else None
        closed_at = self.closed.get(question.id)
        derived = {
            "title_key": fold(question.title),
            "answer_count": len(answers),
            "accepted_answer_id": chosen,
            "closed_at": closed_at,
            "status": rules.status(
                is_closed=closed_at is not None,
                is_solved=chosen is not None,
                answer_count=len(answers),
            ),
        }
        if question.origin is None:
            moments = [each for post in posts for each in (post.created_at, post.edited_at)]
            derived["active_at"] = max(each for each in moments if each is not None)
        return derived

    def _is_shown(self, post: Post) -> bool:
        return post.id not in self.hidings and post.id not in self.deleted

    def _count_reactions(self, posts: Select[int]) -> dict[int, dict[str, int]]:
        statement = (
            select(Reaction.post_id, Reaction.kind, func.count())
            .where(Reaction.post_id.in_(posts), Reaction.withdrawn_at.is_(None))
            .group_by(Reaction.post_id, Reaction.kind)
        )
        counts: dict[int, dict[str, int]] = defaultdict(dict)
        for post_id, kind, number in db.session.execute(statement):
            counts[post_id][kind] = number
        return counts

    def _list_hidings(self, posts: Select[int]) -> dict[int, list[Hiding]]:
        standing = select(Hiding).where(Hiding.post_id.in_(posts), Hiding.restored_at.is_(None))
        hidings: dict[int, list[Hiding]] = defaultdict(list)
        for row in db.session.scalars(standing.order_by(Hiding.id)):
            hidings[row.post_id].append(row)
        return hidings


def _dates(statement: Select[int, Any]) -> dict[int, Any]:
    return dict(db.session.execute(statement).all())
