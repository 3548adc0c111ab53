"""The rows that points come from, and how a fact names them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, exists, func, literal, null, or_, select
from sqlalchemy.orm import aliased

from midtlink.extensions import db
from midtlink.questions.models import COMMENT, Post
from midtlink.questions.records import SAME, Acceptance, Confirmation, Flag, Reaction, SuggestedEdit
from midtlink.questions.records import WRONG as SAID_WRONG
from midtlink.reputation import rules


class Stands(NamedTuple):
    """A row that gives points, or once did."""

    source: str
    subject: str
    post_id: int
    helper_id: int | None
    actor_id: int | None
    has_problem: bool
    set_at: datetime
    ended_at: datetime | None


def source_of(kind: str, row_id: int, origin: str | None = None, key: object = None) -> str:
    """Return the name of a row's source: by its id, or by the key that an import's source gave it.

    A later dump writes its rows anew; they keep their key and not their id.
    """
    return f"{kind}:{origin}:{key}" if origin else f"{kind}:{row_id}"


def rows_of(ids: list[int]) -> Iterator[Stands]:
    """Yield the rows about the posts that give points or once did; comments give none."""
    for statement in (
        _reactions(ids),
        _acceptances(ids),
        _confirmations(ids),
        _suggestions(ids),
        _flags(ids),
    ):
        for row_id, origin, key, kind, *rest in db.session.execute(statement):
            yield Stands(source_of(kind, row_id, origin, key), *rest)


def _reactions(ids: list[int]) -> Any:
    same = aliased(Reaction)
    of_post = Post.__table__.c
    has_problem = exists().where(
        same.kind == SAME,
        same.person_id == Reaction.person_id,
        same.post_id == func.coalesce(of_post.thread_id, of_post.id),
        same.set_at <= Reaction.set_at,
        or_(same.withdrawn_at.is_(None), same.withdrawn_at > Reaction.set_at),
    )
    columns = (
        Reaction.id,
        Reaction.origin,
        Reaction.origin_key,
        literal("reaction"),
        Reaction.kind,
        Reaction.post_id,
        null(),
        Reaction.person_id,
        and_(Reaction.person_id.is_not(None), has_problem),
        Reaction.set_at,
        Reaction.withdrawn_at,
    )
    return (
        select(*columns)
        .join(Post.__table__, of_post.id == Reaction.post_id)
        .where(Reaction.post_id.in_(ids), Reaction.kind.in_((rules.HELPED, rules.GOOD)))
    )


def _acceptances(ids: list[int]) -> Any:
    return select(
        Acceptance.id,
        Acceptance.origin,
        Acceptance.answer_id,
        literal("acceptance"),
        literal(rules.ACCEPTED),
        Acceptance.answer_id,
        null(),
        Acceptance.by_id,
        literal(False),
        Acceptance.accepted_at,
        Acceptance.ended_at,
    ).where(Acceptance.answer_id.in_(ids))


def _confirmations(ids: list[int]) -> Any:
    return select(
        Confirmation.id,
        null(),
        null(),
        literal("confirmation"),
        literal(rules.CONFIRMED),
        Confirmation.answer_id,
        null(),
        Confirmation.by_id,
        literal(False),
        Confirmation.confirmed_at,
        Confirmation.withdrawn_at,
    ).where(Confirmation.answer_id.in_(ids))


def _suggestions(ids: list[int]) -> Any:
    return select(
        SuggestedEdit.id,
        null(),
        null(),
        literal("suggestion"),
        literal(rules.EDIT),
        SuggestedEdit.post_id,
        SuggestedEdit.by_id,
        SuggestedEdit.decided_by_id,
        literal(False),
        SuggestedEdit.decided_at,
        null(),
    ).where(SuggestedEdit.post_id.in_(ids), SuggestedEdit.is_accepted.is_(True))


def _flags(ids: list[int]) -> Any:
    of_post = Post.__table__.c
    return (
        select(
            Flag.id,
            null(),
            null(),
            literal("flag"),
            literal(rules.WRONG),
            Flag.post_id,
            null(),
            Flag.decided_by_id,
            literal(False),
            Flag.decided_at,
            null(),
        )
        .join(Post.__table__, of_post.id == Flag.post_id)
        .where(Flag.post_id.in_(ids), Flag.is_upheld.is_(True), Flag.reason == SAID_WRONG)
        .where(of_post.kind != COMMENT)
    )
