"""The thanks that stand: under the answers of a thread, and those that somebody has received."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import aliased, joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.paging import Slice, cut
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Post, Question
from midtlink.questions.queries import readable
from midtlink.reputation.records import Thanks

#: How long thanks that were taken back can be given again with their words.
KEPT_WITHDRAWN = timedelta(days=1)


def thanks_for(answer_ids: Collection[int]) -> dict[int, Thanks]:
    """Return the thanks that stand, by the id of the answer that they are for."""
    statement = (
        select(Thanks)
        .where(Thanks.answer_id.in_(answer_ids), Thanks.withdrawn_at.is_(None))
        .options(joinedload(Thanks.by))
    )
    return {row.answer_id: row for row in db.session.scalars(statement)}


def list_thanks_to(
    person: Person, *, seen_by: Person, after: int | None = None, limit: int
) -> Slice[tuple[Thanks, Question]]:
    """Return a person's thanks, the newest first, each with the question that was answered.

    Only those for answers that the reader may read, with their texts still there.
    """
    thread = aliased(Question)
    given: Any = select(Thanks, thread).join(Post, Post.id == Thanks.answer_id)
    statement = (
        readable(given, seen_by)
        .join(thread, thread.id == Post.thread_id)
        .where(Thanks.to_id == person.id, Thanks.withdrawn_at.is_(None))
        .where(Post.redacted_at.is_(None), thread.redacted_at.is_(None))
        .options(joinedload(Thanks.by).joinedload(Person.department))
        .order_by(Thanks.id.desc())
        .limit(limit + 1)
    )
    if after is not None:
        statement = statement.where(Thanks.id < after)
    rows = [(row[0], row[1]) for row in db.session.execute(statement)]
    return cut(rows, lambda row: row[0].id, limit)


def forget_messages(post_id: int) -> None:
    """Remove for ever the words of thanks for an answer, or for all answers to a question."""
    answers = select(Answer.id).where(or_(Answer.id == post_id, Answer.thread_id == post_id))
    db.session.execute(update(Thanks).where(Thanks.answer_id.in_(answers)).values(message=""))


def forget_withdrawn() -> None:
    """Remove for ever the words of thanks that were taken back a day ago or longer."""
    past = Thanks.withdrawn_at < clock.now() - KEPT_WITHDRAWN
    db.session.execute(update(Thanks).where(past, Thanks.message != "").values(message=""))


def drop_thanks(answer_ids: Collection[int]) -> None:
    """Delete the thanks for answers that leave the database."""
    db.session.execute(delete(Thanks).where(Thanks.answer_id.in_(answer_ids)))
