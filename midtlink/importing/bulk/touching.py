"""What colleagues have done to imported content: it stays when its source drops it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, or_, select, true

from midtlink.extensions import db
from midtlink.importing.bulk.converging import parts
from midtlink.importing.bulk.tables import people, posts
from midtlink.questions.records import (
    Acceptance,
    Closure,
    Confirmation,
    Deletion,
    Draft,
    Flag,
    Hiding,
    PostLink,
    QuestionFollow,
    Reaction,
    Redaction,
    Revision,
    SuggestedEdit,
)
from midtlink.reputation.records import Thanks

ANY = true()
CHOSEN = or_(Acceptance.origin.is_(None), Acceptance.ended_at.is_not(None))
CLOSED = or_(Closure.origin.is_(None), Closure.reopened_by_id.is_not(None))
#: The columns that name a post, the rows among them that a colleague wrote, and what that is.
TOUCHES: tuple[tuple[Any, ColumnElement[bool], str], ...] = (
    (posts.c.thread_id, posts.c.origin.is_(None), "answered or commented"),
    (posts.c.parent_id, posts.c.origin.is_(None), "commented"),
    (Reaction.post_id, Reaction.origin.is_(None), "voted on"),
    (Revision.post_id, Revision.origin.is_(None), "edited"),
    (SuggestedEdit.post_id, ANY, "suggested an edit of"),
    (Acceptance.question_id, CHOSEN, "chose an answer of"),
    (Acceptance.answer_id, CHOSEN, "chosen"),
    (Confirmation.answer_id, ANY, "confirmed"),
    (Closure.question_id, CLOSED, "closed or reopened"),
    (Closure.duplicate_of_id, CLOSED, "named as the original of a duplicate"),
    (Hiding.post_id, ANY, "hidden"),
    (Deletion.post_id, ANY, "deleted"),
    (Redaction.post_id, ANY, "redacted"),
    (Flag.post_id, ANY, "flagged"),
    (QuestionFollow.question_id, ANY, "followed"),
    (Draft.about_id, Draft.about_id != 0, "written about in a draft"),
    (PostLink.from_id, PostLink.origin.is_(None), "linked"),
    (PostLink.to_id, PostLink.origin.is_(None), "linked to"),
    (Thanks.answer_id, ANY, "thanked for"),
)
#: Columns that name a person without anybody having done so here: what came with them, and what
#: reputation made of it, which goes when PeopleDropped is told; so do visits and followers.
THEIR_OWN = {
    "imported_badges.person_id",
    "reputation_facts.helper_id",
    "reputation_facts.asker_id",
    "reputation_facts.actor_id",
    "ledger.person_id",
    "ledger.actor_id",
    "topic_standings.person_id",
    "badge_awards.person_id",
    "badge_checks.person_id",
    "thread_visits.person_id",
    "person_follows.followed_id",
}


def touched_here(ids: Iterable[int]) -> dict[int, list[str]]:
    """Return what colleagues have done to each of the posts that they have touched."""
    found: dict[int, list[str]] = defaultdict(list)
    for part in parts(ids):
        for column, condition, doing in TOUCHES:
            statement = select(column).where(column.in_(part), condition).distinct()
            for at in db.session.scalars(statement):
                found[at].append(doing)
    return found


def named_here(ids: Sequence[int]) -> set[int]:
    """Return those of the people whom any row still names, but for what is their own."""
    found: set[int] = set()
    for table in db.metadata.tables.values():
        for column in table.columns:
            points = any(key.column.table is people for key in column.foreign_keys)
            if points and str(column) not in THEIR_OWN:
                found |= set(db.session.scalars(select(column).where(column.in_(ids)).distinct()))
    return found


def list_changed_here(origin: str) -> list[str]:
    """Return what stands here against the source: edited texts, chosen answers, closings."""
    question = posts.c
    edits = select(posts.c.kind, posts.c.origin_key).where(
        posts.c.origin == origin,
        or_(
            posts.c.id.in_(select(Revision.post_id).where(Revision.origin.is_(None))),
            posts.c.redacted_at.is_not(None),
        ),
    )
    lines = [f"{kind} {key}: edited here" for kind, key in _sorted(edits)]
    for model, condition, doing in (
        (Acceptance, CHOSEN, "answer chosen"),
        (Closure, CLOSED, "closed or reopened"),
    ):
        ids = select(model.question_id).where(condition)
        statement = select(question.kind, question.origin_key).where(
            question.origin == origin, question.id.in_(ids)
        )
        lines += [f"{kind} {key}: {doing} here" for kind, key in _sorted(statement)]
    return lines


def _sorted(statement: Any) -> list[tuple[str, str]]:
    return sorted(db.session.execute(statement), key=lambda row: (row[0], len(row[1]), row[1]))
