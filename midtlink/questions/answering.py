"""Answering a question."""

from collections.abc import Iterable

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import Guard, check_pace, find_sent, first_revision, render
from midtlink.questions.deriving import derive_thread
from midtlink.questions.drafting import drop_draft
from midtlink.questions.events import AnswerGiven
from midtlink.questions.following import follow_own
from midtlink.questions.mentioning import mention_people
from midtlink.questions.models import ANSWER, Answer, Question
from midtlink.questions.policy import may_answer, may_ask
from midtlink.questions.queries import lock_thread
from midtlink.questions.rules import LONGEST_BODY
from midtlink.texts import clean_body


def answer(
    question: Question,
    *,
    body: str,
    by: Person | None,
    submission_key: str | None = None,
    not_cpr: Iterable[str] = (),
) -> Answer:
    """Answer a question. The same submission key again gives the answer that it made.

    Raises Refused, PatientDataFound, TooMany.
    """
    with transaction():
        question = lock_thread(question.id)
        if by is None or not may_ask(by):
            raise NotAllowed(by, "answer", question)
        if sent := find_sent(Answer, submission_key, about_id=question.id, by=by):
            return sent
        if not may_answer(by, question):
            raise NotAllowed(by, "answer", question)
        body = clean_body(body, "body", most=LONGEST_BODY, least=1)
        guard = Guard(not_cpr)
        guard.check(body=body)
        check_pace(by)
        given = _make(question, body, by, submission_key)
        guard.tell(given, by)
        derive_thread(question)
        drop_draft(ANSWER, question.id, by=by)
        follow_own(question, by)
        publish(AnswerGiven(by_id=by.id, question_id=question.id, post_id=given.id))
        mention_people(given, by=by)
        return given


def _make(question: Question, body: str, by: Person, key: str | None) -> Answer:
    moment = clock.now()
    given = Answer(
        thread=question,
        author=by,
        source_format="markdown",
        language=by.language,
        created_at=moment,
        submission_key=key,
    )
    render(given, body)
    db.session.add(given)
    first_revision(given, by)
    question.active_at = moment
    return given
