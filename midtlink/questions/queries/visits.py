"""What is new to a reader since their last visit, as a column beside the question.

It comes with the statement that loads the questions, so no page asks for it apart.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Select, case, select
from sqlalchemy.orm import with_expression

from midtlink import clock
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.questions.records import ThreadVisit
from midtlink.questions.rules import ONE_VISIT


def with_news(statement: Select[Any], person: Person) -> Select[Any]:
    """Load with each question when the person last looked at it."""
    return _loaded(statement, _of_visit(ThreadVisit.seen_at, person))


def with_news_of_visit(statement: Select[Any], person: Person) -> Select[Any]:
    """Load with a question since when its posts are new to the person, who looks at it now.

    While a visit goes on, that is the end of the one before it: what was new stays marked when
    the page is loaded again.
    """
    goes_on = ThreadVisit.seen_at > clock.now() - ONE_VISIT
    since = case((goes_on, ThreadVisit.seen_before_at), else_=ThreadVisit.seen_at)
    return _loaded(statement, _of_visit(since, person))


def _loaded(statement: Select[Any], moment: ScalarSelect[datetime | None]) -> Select[Any]:
    return statement.options(with_expression(Question.new_since, moment))


def _of_visit(moment: Any, person: Person) -> ScalarSelect[datetime | None]:
    of_person = ThreadVisit.person_id == person.id, ThreadVisit.question_id == Question.id
    return select(moment).where(*of_person).correlate(Question).scalar_subquery()
