"""Reading the facts since one's last look, none left out and none twice."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.records import FactMark

#: Facts in one step.
MOST = 5_000
#: PostgreSQL: somebody else holds the lock.
IS_BUSY = "55P03"


def read_new_facts(
    reader: str, read: Callable[[int, int], None], begin: Callable[[], None] = lambda: None
) -> bool:
    """Let a reader have the ids after the first up to the second; say whether there are more.

    `read` writes in one transaction with the reader's mark. Who reads for the first time gets
    `begin` instead: what has been so far is not news.
    """
    mark = db.session.scalar(select(FactMark.fact_id).where(FactMark.reader == reader))
    newest = db.session.scalar(select(func.max(FACTS.c.id))) or 0
    db.session.rollback()
    if mark is not None and newest <= mark:
        return False
    complete = _complete()
    if complete is None or (mark is not None and complete <= mark):
        return False
    return in_transaction(lambda: _read(reader, complete, read, begin))


def _read(
    reader: str, complete: int, read: Callable[[int, int], None], begin: Callable[[], None]
) -> bool:
    mark = db.session.get(FactMark, reader, with_for_update=True)
    if mark is None:
        begin()
        db.session.add(FactMark(reader=reader, fact_id=complete))
        return False
    until = min(complete, mark.fact_id + MOST)
    read(mark.fact_id, until)
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
