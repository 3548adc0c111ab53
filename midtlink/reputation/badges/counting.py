"""What is counted for people, a function for each kind of event; badges share the counts."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Select, String, func, literal, select, union_all

from midtlink.extensions import db
from midtlink.questions.models import ANSWER, QUESTION, Post, Question
from midtlink.questions.records import PATIENT_DATA, Closure, Flag
from midtlink.questions.rules import DUPLICATE
from midtlink.reputation.badges import rules
from midtlink.reputation.badges.credits import count_credits
from midtlink.reputation.badges.improving import count_improved
from midtlink.reputation.records import Thanks
from midtlink.topics.models import SuperUser

POSTS: Any = Post.__table__.c
QUESTIONS: Any = Question.__table__.c
#: A post that everyone can see: no badge tells of another.
SEEN = (POSTS.hidden_at.is_(None), POSTS.deleted_at.is_(None), POSTS.redacted_at.is_(None))
Ids = Sequence[int]
#: Selects (person_id, what is counted, how many).
Counting = Callable[[Ids], Select[Any]]


def count(person_ids: Ids) -> dict[int, Counter[str]]:
    """Return what is counted for each of the people, in three statements for all of them."""
    found: dict[int, Counter[str]] = defaultdict(Counter)
    together = union_all(*(counting(person_ids) for counting in COUNTED))
    rows = [tuple(row) for row in db.session.execute(together)]
    for person_id, what, number in [
        *rows,
        *count_credits(person_ids),
        *count_improved(person_ids),
    ]:
        found[person_id][what] += number or 0
    return found


def questions_asked(ids: Ids) -> Select[Any]:
    """Count the questions that people asked."""
    return _posts(ids, rules.QUESTIONS, func.count()).where(POSTS.kind == QUESTION)


def answers_given(ids: Ids) -> Select[Any]:
    """Count the answers that people gave."""
    return _posts(ids, rules.ANSWERS, func.count()).where(POSTS.kind == ANSWER)


def colleagues_with_the_problem(ids: Ids) -> Select[Any]:
    """Count who has the same problem as somebody's question, the one that most have."""
    most = func.max(QUESTIONS.same_count)
    asked = _posts(ids, rules.MOST_SHARED, most).join(Question.__table__, QUESTIONS.id == POSTS.id)
    return asked.where(POSTS.kind == QUESTION)


def thanks_received(ids: Ids) -> Select[Any]:
    """Count the thanks that people received."""
    return _thanks(Thanks.to_id, ids, rules.THANKS)


def thanks_given(ids: Ids) -> Select[Any]:
    """Count the thanks that people gave."""
    return _thanks(Thanks.by_id, ids, rules.THANKED)


def duplicates_found(ids: Ids) -> Select[Any]:
    """Count the questions of others that people closed as duplicates and nobody opened again."""
    closed = _of(Closure.by_id, ids, rules.DUPLICATES, func.count())
    stands = (Closure.reason == DUPLICATE, Closure.reopened_at.is_(None))
    found = closed.join(Post.__table__, POSTS.id == Closure.question_id).where(*stands, *SEEN)
    return found.where(POSTS.author_id.is_distinct_from(Closure.by_id))


def reports_upheld(ids: Ids) -> Select[Any]:
    """Count the posts that people reported and a moderator agreed about."""
    return _reports(ids, rules.REPORTS)


def patients_shielded(ids: Ids) -> Select[Any]:
    """Count the posts in which people saw a patient's data, as a moderator did."""
    return _reports(ids, rules.SHIELDED).where(Flag.reason == PATIENT_DATA)


def appointments(ids: Ids) -> Select[Any]:
    """Count what people are super-users of."""
    standing = _of(SuperUser.person_id, ids, rules.APPOINTMENTS, func.count())
    return standing.where(SuperUser.ended_at.is_(None))


COUNTED: tuple[Counting, ...] = (
    questions_asked,
    answers_given,
    colleagues_with_the_problem,
    thanks_received,
    thanks_given,
    duplicates_found,
    reports_upheld,
    patients_shielded,
    appointments,
)


def _of(person_id: Any, ids: Ids, what: str, number: Any) -> Select[Any]:
    columns = (person_id, literal(what, String()), number)
    return select(*columns).where(person_id.in_(ids)).group_by(person_id)


def _posts(ids: Ids, what: str, number: Any) -> Select[Any]:
    return _of(POSTS.author_id, ids, what, number).where(*SEEN)


def _thanks(person_id: Any, ids: Ids, what: str) -> Select[Any]:
    standing = _of(person_id, ids, what, func.count()).where(Thanks.withdrawn_at.is_(None))
    return standing.join(Post.__table__, POSTS.id == Thanks.answer_id).where(*SEEN)


def _reports(ids: Ids, what: str) -> Select[Any]:
    """Count what others wrote, and others agreed about: nobody's own flags are their merit."""
    upheld = _of(Flag.by_id, ids, what, func.count(Flag.post_id.distinct()))
    upheld = upheld.join(Post.__table__, POSTS.id == Flag.post_id).where(Flag.is_upheld.is_(True))
    others = (POSTS.author_id, Flag.decided_by_id)
    return upheld.where(*(each.is_distinct_from(Flag.by_id) for each in others))
