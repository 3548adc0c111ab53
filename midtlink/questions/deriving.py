"""What lists read quickly, worked out from the rows: counts, ranks, status.

A verb changes rows under the thread's lock and then lets these say what follows from them, so
that no count is ever added to.
"""

from collections.abc import Mapping

from sqlalchemy import func, select

from midtlink.extensions import db
from midtlink.questions import rules
from midtlink.questions.models import ANSWER, Answer, Post, Question
from midtlink.questions.records import SAME, Acceptance, Closure, Reaction


def derive_thread(question: Question) -> None:
    """Set answer count, accepted answer, closing and status of a question."""
    db.session.flush()
    question.answer_count = _count_answers(question)
    question.accepted_answer_id = _find_accepted(question)
    question.closed_at = db.session.scalar(
        select(Closure.closed_at).where(
            Closure.question_id == question.id, Closure.reopened_at.is_(None)
        )
    )
    question.status = rules.status(
        is_closed=question.closed_at is not None,
        is_solved=question.accepted_answer_id is not None,
        answer_count=question.answer_count,
    )


def derive_votes(post: Post) -> None:
    """Set the counts of a post's reactions, and an answer's rank."""
    db.session.flush()
    statement = (
        select(Reaction.kind, func.count())
        .where(Reaction.post_id == post.id, Reaction.withdrawn_at.is_(None))
        .group_by(Reaction.kind)
    )
    set_votes(post, dict(db.session.execute(statement).all()))


def set_votes(post: Post, counts: Mapping[str, int]) -> None:
    """Set what follows from how many reactions of each kind stand on a post."""
    post.up_count = sum(counts.get(kind, 0) for kind in rules.VOTES_FOR)
    post.down_count = sum(counts.get(kind, 0) for kind in rules.VOTES_AGAINST)
    if isinstance(post, Question):
        post.same_count = counts.get(SAME, 0)
    else:
        post.rank = rules.wilson_lower_bound(post.up_count, post.down_count)


def _count_answers(question: Question) -> int:
    statement = select(func.count(Post.id)).where(
        Post.thread_id == question.id,
        Post.kind == ANSWER,
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
    )
    return db.session.scalar(statement) or 0


def _find_accepted(question: Question) -> int | None:
    """Return the accepted answer while it may be seen; the acceptance itself outlives hiding."""
    statement = select(Answer.id).join(Acceptance, Acceptance.answer_id == Answer.id)
    return db.session.scalar(
        statement.where(
            Acceptance.question_id == question.id,
            Acceptance.ended_at.is_(None),
            Answer.hidden_at.is_(None),
            Answer.deleted_at.is_(None),
        )
    )
