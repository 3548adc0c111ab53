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
        db.session.add(Confirmation(answer_id=answer.id, by_id=by.id, confirmed_at=moment))
        answer.confirmed_at = moment
        publish(AnswerConfirmed(by_id=by.id, question_id=answer.question_id, post_id=answer.id))
        db.session.expire(answer, ["confirmation"])


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
        fact = ConfirmationWithdrawn(by_id=by.id, question_id=answer.question_id, post_id=answer.id)
        publish(fact)
        db.session.expire(answer, ["confirmation"])
