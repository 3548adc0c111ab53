"""Facts, and the one way to write.

A verb changes rows and publishes what happened. `@on` listeners join its transaction, all or
nothing; `@after` listeners run once it is saved, each alone, and cannot undo it.
"""

import logging
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, scoped_session

from midtlink.database import WRITING
from midtlink.extensions import db

log = logging.getLogger(__name__)
#: How often a whole write runs before the database's refusal is passed on.
ATTEMPTS = 5
#: PostgreSQL: serialization failure, deadlock, lost connection, shutting down.
RETRIED = {"40001", "40P01", "08000", "08003", "08006", "57P01", "57P02", "57P03"}

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Event:
    """A fact in the past tense. It carries ids and never text that a person typed."""

    by_id: int | None


Listener = Callable[[Any], None]
_joining: dict[type[Event], list[Listener]] = defaultdict(list)
_following: dict[type[Event], list[Listener]] = defaultdict(list)


def on(*kinds: type[Event]) -> Callable[[Listener], Listener]:
    """Register a listener that joins the transaction in which the event happens."""
    return _registrar(_joining, kinds)


def after(*kinds: type[Event]) -> Callable[[Listener], Listener]:
    """Register a listener that runs when the event is saved, in a transaction of its own."""
    return _registrar(_following, kinds)


def _registrar(
    table: dict[type[Event], list[Listener]], kinds: tuple[type[Event], ...]
) -> Callable[[Listener], Listener]:
    def register(listener: Listener) -> Listener:
        for kind in kinds:
            if listener not in table[kind]:
                table[kind].append(listener)
        return listener

    return register


def publish(fact: Event) -> None:
    """Tell those who listen. Only inside a transaction, where the fact can still be undone."""
    _must_be_writing(db.session)
    db.session.flush()
    for listener in _listeners(_joining, fact):
        listener(fact)
    db.session.info["facts"].append(fact)


def _listeners(table: dict[type[Event], list[Listener]], fact: Event) -> Iterator[Listener]:
    for kind in type(fact).__mro__:
        yield from table.get(kind, ())


@contextmanager
def transaction() -> Iterator[None]:
    """Open a writing transaction, or join the one that is open."""
    session = db.session
    if session.info.get("writing"):
        yield
        return
    session.rollback()  # Ends the read transaction, whose snapshot would be too old to write on.
    session.info.update(writing=True, facts=[], memo={})
    try:
        session.connection(execution_options={WRITING: True})
        yield
        session.commit()
        facts = session.info["facts"]
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info.update(writing=False, facts=[], memo={})
        session.info.pop("not_cpr", None)  # What was overruled for one text stays with it.
    _run_following(facts)


def in_transaction(work: Callable[[], Result]) -> Result:
    """Run work in one writing transaction, and the whole of it again when the database asks.

    A check that was made before the transaction races, so work must load, check and change. It
    runs at most five times: on a serialization failure, a deadlock, a busy database or a lost
    connection. Inside an open transaction it only joins.
    """
    if db.session.info.get("writing"):
        return work()
    for attempt in range(ATTEMPTS):
        try:
            with transaction():
                return work()
        except DBAPIError as error:
            if attempt == ATTEMPTS - 1 or not is_temporary(error):
                raise
            time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311 - jitter
    raise AssertionError("unreachable")


def is_temporary(error: DBAPIError) -> bool:
    """Say whether the same transaction may well succeed when it runs again."""
    if error.connection_invalidated:
        return True
    code = getattr(error.orig, "sqlstate", None)
    message = str(error.orig)
    return code in RETRIED or "database is locked" in message or "database is busy" in message


def memo() -> dict[str, Any]:
    """Return what the open transaction remembers of itself; it is forgotten with it."""
    _must_be_writing(db.session)
    found: dict[str, Any] = db.session.info["memo"]
    return found


def hold(key: str) -> None:
    """Let one transaction at a time pass with this key, until it ends (SQLite writes alone)."""
    _must_be_writing(db.session)
    if db.session.connection().dialect.name == "postgresql":
        statement = text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))")
        db.session.execute(statement, {"key": key})


def _run_following(facts: list[Event]) -> None:
    for fact in facts:
        for listener in _listeners(_following, fact):
            try:
                in_transaction(lambda: listener(fact))  # noqa: B023 - called at once
            except Exception:
                log.exception("a listener after %s failed", type(fact).__name__)


def _must_be_writing(session: Session | scoped_session[Any]) -> None:
    if not session.info.get("writing"):
        raise RuntimeError("a write outside in_transaction()")


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, _context: object, _instances: object) -> None:
    if session.new or session.deleted or any(session.is_modified(row) for row in session.dirty):
        _must_be_writing(session)
