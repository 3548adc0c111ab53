"""Old answers that somebody brought up to date."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Select, literal, select, union_all

from midtlink.extensions import db
from midtlink.questions.models import ANSWER, Post
from midtlink.questions.records import OUTDATED, Confirmation, Flag, Revision
from midtlink.reputation.badges import rules

POSTS: Any = Post.__table__.c
SEEN = (POSTS.hidden_at.is_(None), POSTS.deleted_at.is_(None), POSTS.redacted_at.is_(None))


def count_improved(person_ids: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    """Yield (person_id, IMPROVED, the old answers that they improved).

    Edited when they were old, whoever had written them, or one's own that was called outdated
    and that IT stood behind afterwards.
    """
    improved: dict[int, set[int]] = defaultdict(set)
    statement = union_all(_edited(person_ids), _confirmed(person_ids))
    for person_id, post_id, written_at, edited_at in db.session.execute(statement):
        if edited_at is None or edited_at - written_at >= rules.OLD_AFTER:
            improved[person_id].add(post_id)
    for person_id, post_ids in improved.items():
        yield person_id, rules.IMPROVED, len(post_ids)


def _edited(person_ids: Sequence[int]) -> Select[Any]:
    return (
        select(Revision.by_id, POSTS.id, POSTS.created_at, Revision.made_at)
        .join(Post.__table__, POSTS.id == Revision.post_id)
        .where(Revision.by_id.in_(person_ids), Revision.number > 1)
        .where(POSTS.kind == ANSWER, *SEEN)
    )


def _confirmed(person_ids: Sequence[int]) -> Select[Any]:
    outdated = select(Flag.id).where(
        Flag.post_id == POSTS.id,
        Flag.reason == OUTDATED,
        Flag.raised_at < Confirmation.confirmed_at,
    )
    return (
        select(POSTS.author_id, POSTS.id, POSTS.created_at, literal(None, POSTS.created_at.type))
        .join(Confirmation, Confirmation.answer_id == POSTS.id)
        .where(POSTS.author_id.in_(person_ids), POSTS.kind == ANSWER, *SEEN)
        .where(Confirmation.withdrawn_at.is_(None), outdated.exists())
    )
