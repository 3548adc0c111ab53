"""What the ledger counts for people: their posts that helped, whom, and when."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import aliased

from midtlink.extensions import db
from midtlink.questions.models import ANSWER, QUESTION, Post, Question
from midtlink.reputation.badges.measures import MEASURES
from midtlink.reputation.ledger.stored_book import LEDGER

QUESTIONS: Any = Question.__table__.c


class Credit(NamedTuple):
    """A post that stands in somebody's ledger by one rule, so many times."""

    person_id: int
    rule: str
    post_id: int
    question_id: int
    #: Helped a colleague of another department.
    is_bridge: bool
    helper_site_id: int | None
    helper_profession: str
    asker_department_id: int | None
    asker_site_id: int | None
    asker_profession: str
    times: int
    #: When the post was written, and its question.
    written_at: datetime
    asked_at: datetime
    system_id: int | None
    #: When the question got its first answer, and which question its asker asked first.
    first_answered_at: datetime | None
    first_question_id: int | None


def count_credits(person_ids: Sequence[int]) -> Iterator[tuple[int, str, int]]:
    """Yield (person_id, what is counted, how many) by all measures of the ledger."""
    for person_id, credits in _credits(person_ids).items():
        for what, measure in MEASURES.items():
            yield person_id, what, measure(credits)


def _credits(person_ids: Sequence[int]) -> dict[int, list[Credit]]:
    found: dict[int, list[Credit]] = defaultdict(list)
    for row in db.session.execute(_statement(person_ids)):
        found[row.person_id].append(Credit(*row))
    return found


def _statement(person_ids: Iterable[int]) -> Select[Any]:
    standing = _standing(person_ids).subquery()
    post, thread, answer, question = (aliased(Post.__table__) for _ in range(4))
    first_answer = (
        select(func.min(answer.c.created_at))
        .where(answer.c.thread_id == thread.c.id, answer.c.kind == ANSWER)
        .scalar_subquery()
    )
    first_question = (
        select(func.min(question.c.id))
        .where(question.c.author_id == thread.c.author_id, question.c.kind == QUESTION)
        .scalar_subquery()
    )
    return (
        select(
            *standing.c,
            post.c.created_at,
            thread.c.created_at,
            QUESTIONS.system_id,
            first_answer,
            first_question,
        )
        .join(post, post.c.id == standing.c.post_id)
        .join(thread, thread.c.id == standing.c.question_id)
        .join(Question.__table__, QUESTIONS.id == standing.c.question_id)
    )


def _standing(person_ids: Iterable[int]) -> Select[Any]:
    """Select what counts now: what was taken back or is hidden adds up to nothing."""
    columns = [LEDGER.c[name] for name in Credit._fields[: Credit._fields.index("times")]]
    times = func.sum(LEDGER.c.sign)
    of_people = (LEDGER.c.person_id.in_(person_ids), LEDGER.c.sign != 0)
    return (
        select(*columns, times.label("times"))
        .where(*of_people)
        .group_by(*columns)
        .having(times > 0)
    )
