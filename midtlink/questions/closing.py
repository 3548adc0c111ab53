"""Closing a question: it can be read as before, but takes no more answers."""

from collections.abc import Iterable

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import Guard
from midtlink.questions.deriving import derive_thread
from midtlink.questions.events import QuestionClosed, QuestionReopened
from midtlink.questions.models import Question
from midtlink.questions.policy import (
    may_close,
    may_close_as_duplicate,
    may_read,
    may_reopen,
)
from midtlink.questions.queries import lock_thread, lock_threads
from midtlink.questions.queries.duplicates import find_original_id
from midtlink.questions.queries.knowing import knows_topic
from midtlink.questions.records import Closure
from midtlink.questions.rules import CLOSING_REASONS, DUPLICATE, LONGEST_NOTE
from midtlink.refusals import Refused
from midtlink.texts import clean_line


def close(
    question: Question,
    *,
    reason: str,
    note: str = "",
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Stop new answers. Closing a closed question changes nothing. Raises Refused."""
    with transaction():
        question = lock_thread(question.id)
        if by is None or not may_close(by, question):
            raise NotAllowed(by, "close", question)
        if reason not in CLOSING_REASONS:
            raise Refused("reason", "missing")
        note = clean_line(note, "note", most=LONGEST_NOTE)
        guard = Guard(not_cpr)
        guard.check(note=note)
        if question.is_open:
            _close(question, by, reason, note=note)
            guard.tell(question, by)


def close_as_duplicate(question: Question, *, of: Question, by: Person | None) -> None:
    """Close a question because another one holds, or will hold, the answer.

    A duplicate of a duplicate leads to the last one. Refused("of", ...) for the question itself,
    a circle, or a question that cannot be seen. Closing a closed question changes nothing.
    """
    with transaction():
        hold("questions.duplicates")
        lock_threads([question.id, of.id])
        question, of = lock_thread(question.id), lock_thread(of.id)
        if by is None or not may_close_as_duplicate(
            by, question, knows_topic=knows_topic(question, by)
        ):
            raise NotAllowed(by, "close", question)
        if not may_read(by, of) or not of.is_visible:
            raise Refused("of", "unknown")
        if find_original_id(of.id) == question.id:
            raise Refused("of", "itself")
        if question.is_open:
            _close(question, by, DUPLICATE, of=of)


def reopen(question: Question, *, by: Person | None) -> None:
    """Let a question take answers again. Reopening an open question changes nothing."""
    with transaction():
        question = lock_thread(question.id)
        if by is None or not may_reopen(by, question):
            raise NotAllowed(by, "reopen", question)
        standing = question.closure
        if standing is None:
            return
        standing.reopened_at, standing.reopened_by_id = clock.now(), by.id
        derive_thread(question)
        publish(QuestionReopened(by_id=by.id, question_id=question.id, post_id=question.id))
        db.session.expire(question, ["closure"])


def _close(
    question: Question, by: Person, reason: str, *, note: str = "", of: Question | None = None
) -> None:
    duplicate_of_id = of.id if of else None
    row = Closure(
        question_id=question.id,
        reason=reason,
        note=note,
        duplicate_of_id=duplicate_of_id,
        by_id=by.id,
        closed_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    derive_thread(question)
    db.session.expire(question, ["closure"])
    fact = QuestionClosed(
        by_id=by.id,
        question_id=question.id,
        post_id=question.id,
        closure_id=row.id,
        reason=reason,
        duplicate_of_id=duplicate_of_id,
    )
    publish(fact)
