"""Noticing what was entered in the ledger since the last look."""

from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.reputation.badges.queueing import queue_where
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.records import FactMark

READER = "badges"
#: Facts in one step.
MOST = 5_000
#: PostgreSQL: somebody else holds the lock.
IS_BUSY = "55P03"


def notice_entries() -> bool:
    """Let those wait whose ledger has new entries, and say whether there are more.

    Who comes for the first time lets everybody wait.
    """
    mark = db.session.scalar(select(FactMark.fact_id).where(FactMark.reader == READER))
    newest = db.session.scalar(select(func.max(FACTS.c.id))) or 0
    db.session.rollback()
    if mark is not None and newest <= mark:
        return False
    complete = _complete()
    if complete is None or (mark is not None and complete <= mark):
        return False
    return in_transaction(lambda: _notice(complete))


def _notice(complete: int) -> bool:
    mark = db.session.get(FactMark, READER, with_for_update=True)
    if mark is None:
        queue_where(select(Person.id))
        db.session.add(FactMark(reader=READER, fact_id=complete))
        return False
    until = min(complete, mark.fact_id + MOST)
    fresh = (LEDGER.c.fact_id > mark.fact_id, LEDGER.c.fact_id <= until)
    queue_where(select(LEDGER.c.person_id).where(*fresh).distinct())
    mark.fact_id = max(mark.fact_id, until)
    return until < complete


def _complete() -> int | None:
    """Return a fact's id up to which all are there; None while somebody is writing one.

    Ids are given before their facts can be seen, so that a lower one may still appear: on
    PostgreSQL nobody writes facts in the moment of looking. Nobody waits for that lock.
    """
    try:
        return in_transaction(_newest_alone)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == IS_BUSY:
            return None
        raise


def _newest_alone() -> int:
    if db.session.connection().dialect.name == "postgresql":
        db.session.execute(text("LOCK TABLE reputation_facts IN SHARE MODE NOWAIT"))
    newest: Any = db.session.scalar(select(func.max(FACTS.c.id)))
    return newest or 0
