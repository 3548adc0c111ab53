"""IT stands behind an answer, and may take that back."""

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.events import AnswerConfirmed, ConfirmationWithdrawn
from midtlink.questions.models import Answer
from midtlink.questions.policy import may_confirm
from midtlink.questions.queries import lock
from midtlink.questions.records import Confirmation


def confirm(answer: Answer, *, by: Person | None) -> None:
    """Confirm an answer. A confirmed one stays as it was confirmed."""
    with transaction():
        answer = lock(answer)
        if by is None or not may_confirm(by, answer):
            raise NotAllowed(by, "confirm", answer)
        if answer.confirmation is not None:
            return
        moment = clock.now()
        row = Confirmation(answer_id=answer.id, by_id=by.id, confirmed_at=moment)
        db.session.add(row)
        answer.confirmed_at = moment
        _tell(AnswerConfirmed, row, answer, by)


def withdraw_confirmation(answer: Answer, *, by: Person | None) -> None:
    """Take the confirmation back, whoever gave it. Where none stands nothing changes."""
    with transaction():
        answer = lock(answer)
        if by is None or not may_confirm(by, answer):
            raise NotAllowed(by, "withdraw the confirmation of", answer)
        standing = answer.confirmation
        if standing is None:
            return
        standing.withdrawn_at, standing.withdrawn_by_id = clock.now(), by.id
        answer.confirmed_at = None
        _tell(ConfirmationWithdrawn, standing, answer, by)


def _tell(
    kind: type[AnswerConfirmed | ConfirmationWithdrawn],
    row: Confirmation,
    answer: Answer,
    by: Person,
) -> None:
    db.session.flush()
    db.session.expire(answer, ["confirmation"])
    fact = kind(
        by_id=by.id, question_id=answer.question_id, post_id=answer.id, confirmation_id=row.id
    )
    publish(fact)
