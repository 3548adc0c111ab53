"""Saying that something is wrong with a post. Patient data hides it at once."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import put_away
from midtlink.people.models import Person
from midtlink.questions.composing import Guard
from midtlink.questions.events import FlagRaised
from midtlink.questions.models import Post
from midtlink.questions.pacing import keep_pace
from midtlink.questions.policy import may_flag
from midtlink.questions.queries import lock
from midtlink.questions.records import PATIENT_DATA, Flag
from midtlink.questions.rules import FLAG_REASONS, LONGEST_NOTE
from midtlink.refusals import Refused
from midtlink.texts import clean_line


def flag(
    post: Post,
    *,
    reason: str,
    note: str = "",
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> Flag:
    """Report a post. The same report again, while it is undecided, changes nothing.

    The reason patient_data hides the post at once from all but moderators. Raises Refused.
    """
    with transaction():
        post = lock(post)
        if by is None or not by.is_active:
            raise NotAllowed(by, "flag", post)
        if reason not in FLAG_REASONS:
            raise Refused("reason", "missing")
        if standing := _find(post, reason, by):
            return standing
        if not may_flag(by, post, reason):
            raise NotAllowed(by, "flag", post)
        note = clean_line(note, "note", most=LONGEST_NOTE)
        guard = Guard(not_cpr)
        guard.check(note=note)
        keep_pace("flags", by)
        raised = Flag(post_id=post.id, reason=reason, note=note, by_id=by.id, raised_at=clock.now())
        db.session.add(raised)
        db.session.flush()
        fact = FlagRaised(
            by_id=by.id,
            question_id=post.question_id,
            post_id=post.id,
            flag_id=raised.id,
            reason=reason,
        )
        publish(fact)
        guard.tell(post, by)
        if reason == PATIENT_DATA:
            put_away(post, PATIENT_DATA, by=by)
        return raised


def _find(post: Post, reason: str, by: Person) -> Flag | None:
    statement = select(Flag).where(
        Flag.post_id == post.id,
        Flag.by_id == by.id,
        Flag.reason == reason,
        Flag.decided_at.is_(None),
    )
    return db.session.scalars(statement).one_or_none()
