"""Thanking a colleague for an answer, with a few words or none. It gives no points."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Answer
from midtlink.questions.pacing import keep_pace
from midtlink.questions.queries import lock
from midtlink.reputation.events import (
    ThanksEvent,
    ThanksGiven,
    ThanksGuardOverruled,
    ThanksRestored,
    ThanksWithdrawn,
)
from midtlink.reputation.policy import may_take_thanks_back, may_thank
from midtlink.reputation.records import Thanks
from midtlink.reputation.rules import LONGEST_THANKS
from midtlink.texts import clean_line


def give_thanks(
    answer: Answer, *, message: str = "", by: Person | None, not_cpr: Iterable[str] = ()
) -> Thanks:
    """Thank for an answer to one's question. Thanks that stand stay as they are.

    Raises Refused, PatientDataFound or TooMany.
    """
    with transaction():
        answer = lock(answer)
        if by is None or not may_thank(by, answer):
            raise NotAllowed(by, "thank for", answer)
        if standing := _find_standing(answer):
            return standing
        keep_pace("thanks", by, done=(Thanks.by_id, Thanks.given_at))
        message = clean_line(message, "message", most=LONGEST_THANKS)
        overruled = guarding.check({"message": message}, overruled=not_cpr)
        row = Thanks(
            answer_id=answer.id,
            by_id=by.id,
            to_id=answer.author_id,
            message=message,
            given_at=clock.now(),
        )
        db.session.add(row)
        db.session.flush()
        _tell(ThanksGiven, row, answer, by)
        if overruled:
            publish(ThanksGuardOverruled(count=overruled, **_about(row, answer, by)))
        return row


def withdraw_thanks(answer: Answer, *, by: Person | None) -> None:
    """Take thanks back. Where none stand nothing changes.

    Their words go at once when a moderator takes them away, and else a day later (thanks.
    forget_withdrawn), so that a press by mistake loses nothing.
    """
    with transaction():
        answer = lock(answer)
        if by is None or not may_take_thanks_back(by, answer):
            raise NotAllowed(by, "withdraw thanks for", answer)
        if row := _find_standing(answer):
            row.withdrawn_at = clock.now()
            if by.id != row.by_id:
                row.message = ""
            _tell(ThanksWithdrawn, row, answer, by)


def restore_thanks(answer: Answer, *, by: Person | None) -> None:
    """Give the thanks that one took back last, with their words. Where some stand they stay."""
    with transaction():
        answer = lock(answer)
        if by is None or not may_thank(by, answer):
            raise NotAllowed(by, "thank for", answer)
        last = select(Thanks).where(Thanks.answer_id == answer.id, Thanks.by_id == by.id)
        row = db.session.scalars(last.order_by(Thanks.id.desc()).limit(1)).first()
        if row is not None and _find_standing(answer) is None:
            row.withdrawn_at = None
            _tell(ThanksRestored, row, answer, by)


def _find_standing(answer: Answer) -> Thanks | None:
    standing = Thanks.answer_id == answer.id, Thanks.withdrawn_at.is_(None)
    return db.session.scalars(select(Thanks).where(*standing)).one_or_none()


def _tell(kind: type[ThanksEvent], row: Thanks, answer: Answer, by: Person) -> None:
    publish(kind(**_about(row, answer, by)))


def _about(row: Thanks, answer: Answer, by: Person) -> dict[str, int]:
    return {
        "by_id": by.id,
        "thanks_id": row.id,
        "person_id": row.to_id,
        "question_id": answer.question_id,
        "post_id": answer.id,
    }
