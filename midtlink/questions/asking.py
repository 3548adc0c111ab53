"""Asking a question: a title alone is enough."""

from collections.abc import Iterable

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import Guard, check_pace, find_sent, first_revision, render
from midtlink.questions.drafting import drop_draft
from midtlink.questions.events import QuestionAsked
from midtlink.questions.following import follow_own
from midtlink.questions.mentioning import mention_people
from midtlink.questions.models import QUESTION, Question
from midtlink.questions.policy import may_ask
from midtlink.questions.rules import LONGEST_BODY, LONGEST_TITLE
from midtlink.refusals import Refused
from midtlink.texts import clean_body, clean_line
from midtlink.topics.models import System
from midtlink.topics.queries import find_system, tags_named


def ask(
    *,
    title: str,
    body: str = "",
    system_slug: str = "",
    tags: Iterable[str] = (),
    by: Person | None,
    submission_key: str | None = None,
    not_cpr: Iterable[str] = (),
) -> Question:
    """Ask a question. The same submission key again gives the question that it made.

    Raises Refused, PatientDataFound, TooMany.
    """
    with transaction():
        if by is None or not may_ask(by):
            raise NotAllowed(by, "ask")
        if sent := find_sent(Question, submission_key, about_id=None, by=by):
            return sent
        title = clean_line(title, "title", most=LONGEST_TITLE, least=1)
        body = clean_body(body, "body", most=LONGEST_BODY)
        guard = Guard(not_cpr)
        guard.check(title=title, body=body)
        check_pace(by)
        question = _make(title, body, by, submission_key)
        question.system = chosen_system(system_slug)
        question.tags = tags_named(tags, by=by, not_cpr=not_cpr)
        db.session.add(question)
        names = " ".join(sorted(tag.name for tag in question.tags))
        first_revision(question, by, title=title, tags=names)
        guard.tell(question, by)
        drop_draft(QUESTION, by=by)
        follow_own(question, by)
        publish(QuestionAsked(by_id=by.id, question_id=question.id, post_id=question.id))
        mention_people(question, by=by)
        return question


def chosen_system(slug: str) -> System | None:
    """Return the system in use with the address, None for "". Raises Refused."""
    if not slug:
        return None
    system = find_system(slug)
    if system is None or not system.is_active:
        raise Refused("system", "unknown")
    return system


def _make(title: str, body: str, by: Person, key: str | None) -> Question:
    moment = clock.now()
    question = Question(
        title=title,
        author=by,
        department_id=by.department_id,
        source_format="markdown",
        language=by.language,
        created_at=moment,
        active_at=moment,
        submission_key=key,
    )
    render(question, body)
    return question
