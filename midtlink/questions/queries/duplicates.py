"""Which question a duplicate leads to in the end, and which questions lead to one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import CTE, literal, select, union_all
from sqlalchemy.orm import InstrumentedAttribute

from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import CLOSED, Question
from midtlink.questions.queries.visibility import readable, shown
from midtlink.questions.records import Closure

#: Longer chains are cut; closing allows no circles.
LONGEST_CHAIN = 20

Column = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]


@dataclass(frozen=True)
class Duplicates:
    """The question that another one leads to, and those that lead to it."""

    original: Question | None
    others: Sequence[Question]

    @property
    def all(self) -> list[Question]:
        """Every question that is the same as this one."""
        return [*self.others, *([self.original] if self.original else [])]


def find_duplicates(question: Question, *, seen_by: Person) -> Duplicates:
    """Return where a question leads and which lead to it, of those that everyone may see."""
    up = _chain("up", question.id, Closure.question_id, Closure.duplicate_of_id)
    down = _chain("down", question.id, Closure.duplicate_of_id, Closure.question_id)
    found = union_all(select(up.c.id, up.c.depth), select(down.c.id, -down.c.depth)).subquery()
    statement = select(Question, found.c.depth).join(found, found.c.id == Question.id)
    rows = db.session.execute(shown(statement).where(found.c.depth != 0)).all()
    above = [(depth, each) for each, depth in rows if depth > 0]
    below = sorted((each for each, depth in rows if depth < 0), key=lambda each: each.id)
    original = max(above, key=lambda pair: pair[0])[1] if above else None
    return Duplicates(original, below)


def find_originals(questions: Iterable[Question], *, seen_by: Person) -> dict[int, Question]:
    """Return where each question leads to in the end, of those that the person may read."""
    ids = [question.id for question in questions if question.status == CLOSED]
    if not ids:
        return {}
    start = select(Question.id.label("start"), Question.id.label("id"), literal(0).label("depth"))
    chain = start.where(Question.id.in_(ids)).cte("originals", recursive=True)
    step = (
        select(chain.c.start, Closure.duplicate_of_id, chain.c.depth + 1)
        .join(chain, Closure.question_id == chain.c.id)
        .where(Closure.reopened_at.is_(None), Closure.duplicate_of_id.is_not(None))
        .where(chain.c.depth < LONGEST_CHAIN)
    )
    whole = chain.union_all(step)
    found = select(Question, whole.c.start).join(whole, whole.c.id == Question.id)
    statement = readable(found.where(whole.c.depth > 0), seen_by).order_by(whole.c.depth)
    return {start: question for question, start in db.session.execute(statement)}


def find_original_id(question_id: int) -> int:
    """Return the id of the question that a question leads to in the end: itself, if open."""
    up = _chain("up", question_id, Closure.question_id, Closure.duplicate_of_id)
    statement = select(up.c.id).order_by(up.c.depth.desc()).limit(1)
    return db.session.scalar(statement) or question_id


def _chain(name: str, question_id: int, here: Column, there: Column) -> CTE:
    start = select(literal(question_id).label("id"), literal(0).label("depth"))
    chain = start.cte(name, recursive=True)
    step = (
        select(there, chain.c.depth + 1)
        .join(chain, here == chain.c.id)
        .where(Closure.reopened_at.is_(None), Closure.duplicate_of_id.is_not(None))
        .where(chain.c.depth < LONGEST_CHAIN)
    )
    return chain.union_all(step)
