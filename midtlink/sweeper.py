"""The sweeper: works off what can wait, in lanes that never delay each other.

A lane is one kind of work with its own thread and its own lease in the database, so that two
sweepers (two machines) never work in the same lane at once.
"""

import logging
import secrets
import signal
import threading
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import Model, db

log = logging.getLogger(__name__)
#: How long a lane belongs to a sweeper that has died in it.
LEASE = timedelta(minutes=2)
#: The longest that a lane rests after failing again and again, in seconds.
LONGEST_REST = 60.0

#: One bounded step of work; True says that more is waiting.
Step = Callable[[], bool]


class Lease(Model):
    """Which sweeper works in a lane, and until when nobody else may."""

    __tablename__ = "leases"

    lane: Mapped[str] = mapped_column(String(40), primary_key=True)
    holder: Mapped[str] = mapped_column(String(40))
    until: Mapped[datetime]


@dataclass(frozen=True)
class Lane:
    """A kind of work: its step, and the seconds between two looks for work."""

    name: str
    every: float
    step: Step


LANES: dict[str, Lane] = {}
#: The lane that this thread works in and its sweeper, and until when each is known to be held.
_working: ContextVar[tuple[str, str] | None] = ContextVar("working", default=None)
_held: dict[tuple[str, str], datetime] = {}


class LeaseLost(RuntimeError):
    """Another sweeper works in the lane now: stop, and leave it the rest."""


def lane(name: str, *, every: float) -> Callable[[Step], Step]:
    """Register a step as a lane of its own."""

    def register(step: Step) -> Step:
        LANES[name] = Lane(name, every, step)
        return step

    return register


def take_lease(name: str, holder: str) -> bool:
    """Take or keep the lane's lease. A lease from a clock far ahead counts as ended."""

    def work() -> bool:
        moment = clock.now()
        row = db.session.get(Lease, name, with_for_update=True)
        if row is None:
            db.session.add(Lease(lane=name, holder=holder, until=moment + LEASE))
            return True
        is_anothers = moment < row.until <= moment + LEASE and row.holder != holder
        if not is_anothers:
            row.holder, row.until = holder, moment + LEASE
        return not is_anothers

    return in_transaction(work)


def hold_lease(name: str, holder: str) -> bool:
    """Take the lane's lease, or renew it when half of it has passed: not with every look."""
    moment, known = clock.now(), _held.get((name, holder))
    if known and moment < known - LEASE / 2 and known <= moment + LEASE:
        return True
    if not take_lease(name, holder):
        _held.pop((name, holder), None)
        return False
    _held[name, holder] = moment + LEASE
    return True


def keep_lease() -> None:
    """Keep the lease of the lane that this thread works in; a long step calls it now and then.

    Raises LeaseLost where another sweeper has taken it. Outside a lane it does nothing.
    """
    working = _working.get()
    if working and not hold_lease(*working):
        raise LeaseLost(working[0])


def sweep_once(app: Flask, lane: Lane, holder: str) -> bool | None:
    """Do one step of a lane if its lease can be had, and say whether more is waiting.

    None where the step failed, which is logged and never passed on.
    """
    token = _working.set((lane.name, holder))
    with app.app_context():
        try:
            return hold_lease(lane.name, holder) and lane.step()
        except Exception:
            log.exception("lane %s failed", lane.name)
            return None
        finally:
            _working.reset(token)


def run_sweeper(app: Flask) -> None:
    """Run every lane until SIGTERM or SIGINT."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    holder = secrets.token_hex(8)
    threads = [
        threading.Thread(target=_run_lane, args=(app, lane, holder, stop), name=lane.name)
        for lane in LANES.values()
    ]
    for thread in threads:
        thread.start()
    stop.wait()
    for thread in threads:
        thread.join()


def _run_lane(app: Flask, lane: Lane, holder: str, stop: threading.Event) -> None:
    failures = 0
    while not stop.is_set():
        has_more = sweep_once(app, lane, holder)
        failures = failures + 1 if has_more is None else 0
        if not has_more:
            stop.wait(rest(lane, failures))


def rest(lane: Lane, failures: int) -> float:
    """Return the seconds until a lane's next look: ever more while it fails."""
    longest = max(LONGEST_REST, lane.every)
    return float(min(longest, lane.every * 2 ** min(failures, 20)))
