"""Writing a fact down, and what it changes: ledger, totals and topic standing, in one go."""

from typing import Any

from sqlalchemy import bindparam, insert, select

from midtlink import clock
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.reputation.ledger.accounting import lines_of
from midtlink.reputation.ledger.lines import Line
from midtlink.reputation.ledger.stored_book import (
    LEDGER,
    Colleague,
    StoredBook,
    add_to_totals,
    lock_colleagues,
)
from midtlink.reputation.ledger.topic_standing import add_to_standings
from midtlink.reputation.models import BACK, GRANT, SET, TOLD, Fact
from midtlink.reputation.rules import DEFAULTS, Values
from midtlink.settings import queries as settings

FACTS: Any = Fact.__table__
PEOPLE_OF_POST = select(LEDGER.c.person_id).where(LEDGER.c.post_id == bindparam("post")).distinct()


def record(
    kind: str,
    post: Post,
    *,
    source: str = "",
    subject: str = "",
    helper_id: int | None = None,
    actor_id: int | None,
    has_problem: bool = False,
) -> list[Line]:
    """Write down that something happened to a post or to a row about it; return what it gave.

    The post's thread must be locked. Whoever may be granted points is locked too, before the fact
    gets its id: facts of one person have their ids in the order in which they counted.
    """
    question = post.question
    fact = Fact(
        kind=kind,
        source=source,
        subject=subject,
        post_id=post.id,
        question_id=question.id,
        helper_id=post.author_id if helper_id is None else helper_id,
        asker_id=question.author_id,
        actor_id=actor_id,
        has_problem=has_problem,
        happened_at=clock.now(),
        rules_at=settings.last_change(DEFAULTS),
    )
    colleagues = _place(fact) if kind == SET else {}
    if kind == BACK:
        lock_colleagues(db.session.scalars(PEOPLE_OF_POST, {"post": post.id}))
    lines = lines_of(fact, current_values(), StoredBook(colleagues))
    add_to_totals(lines)
    _write(fact, lines)
    add_to_standings(lines, question.id)
    return lines


def current_values() -> Values:
    """Return what the rules are worth now."""
    return Values({key: settings.number(key) for key in DEFAULTS})


def _place(fact: Fact) -> dict[int, Colleague]:
    """Note where everybody works at this moment."""
    people = {"helper": fact.helper_id, "asker": fact.asker_id, "actor": fact.actor_id}
    colleagues = lock_colleagues(people.values())
    for part, person_id in people.items():
        if person_id is not None and (known := colleagues.get(person_id)):
            setattr(fact, f"{part}_department_id", known.department_id)
            setattr(fact, f"{part}_site_id", known.site_id)
            setattr(fact, f"{part}_profession", known.profession)
    return colleagues


def _write(fact: Fact, lines: list[Line]) -> None:
    """Store the fact, and its entries under the id that it gets."""
    own = {each.name: getattr(fact, each.name) for each in FACTS.columns if each.name != "id"}
    statement = insert(FACTS).values({name: each for name, each in own.items() if each is not None})
    fact_id = db.session.execute(statement.returning(FACTS.c.id)).scalar_one()
    if lines:
        rows = [with_id(line, fact_id)._asdict() for line in lines]
        db.session.execute(insert(LEDGER), rows)
    for person_id in {line.person_id for line in lines}:
        known = db.session.identity_map.get(db.session.identity_key(Person, person_id))
        if known is not None:
            db.session.expire(known, ["points", "counted", "counted_on"])


def with_id(line: Line, fact_id: int) -> Line:
    """Return an entry of a fact that has just got its id; a grant is its own."""
    if line.kind in (GRANT, TOLD):
        return line._replace(fact_id=fact_id, grant_fact_id=fact_id)
    return line._replace(fact_id=fact_id)
