"""Choosing the answer that solved it: by the asker, or by IT for an absent asker."""

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.deriving import derive_thread
from midtlink.questions.events import AcceptanceEnded, AnswerAccepted
from midtlink.questions.models import Answer, Question
from midtlink.questions.pacing import keep_pace
from midtlink.questions.policy import may_accept, may_withdraw_acceptance
from midtlink.questions.queries import lock, lock_thread
from midtlink.questions.queries.absence import asker_acted_at
from midtlink.questions.records import Acceptance


def accept_answer(answer: Answer, *, by: Person | None) -> None:
    """Choose an answer in place of the one that was. The chosen one again changes nothing.

    Raises TooMany.
    """
    with transaction():
        answer = lock(answer)
        question = answer.question
        acted_at = asker_acted_at(question)
        if by is None or not may_accept(by, answer, asker_acted_at=acted_at):
            raise NotAllowed(by, "accept", answer)
        chosen = question.acceptance
        if chosen is not None and chosen.answer_id == answer.id:
            return
        keep_pace("acceptances", by)
        moment = clock.now()
        if chosen is not None:
            chosen.ended_at, chosen.ended_by_id = moment, by.id
            db.session.flush()  # The row that stands is unique.
        row = Acceptance(
            question_id=question.id, answer_id=answer.id, by_id=by.id, accepted_at=moment
        )
        db.session.add(row)
        _derive(question)
        if chosen is not None:
            _tell(AcceptanceEnded, chosen, by)
        _tell(AnswerAccepted, row, by)


def withdraw_acceptance(question: Question, *, by: Person | None) -> None:
    """Take the choice back. Where none stands nothing changes."""
    with transaction():
        question = lock_thread(question.id)
        if by is None or not may_withdraw_acceptance(by, question):
            raise NotAllowed(by, "withdraw the acceptance of", question)
        if (chosen := question.acceptance) is not None:
            chosen.ended_at, chosen.ended_by_id = clock.now(), by.id
            _derive(question)
            _tell(AcceptanceEnded, chosen, by)


def _derive(question: Question) -> None:
    derive_thread(question)
    db.session.expire(question, ["acceptance"])


def _tell(kind: type[AnswerAccepted | AcceptanceEnded], row: Acceptance, by: Person) -> None:
    fact = kind(
        by_id=by.id,
        question_id=row.question_id,
        post_id=row.answer_id,
        acceptance_id=row.id,
    )
    publish(fact)
