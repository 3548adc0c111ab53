"""The sweeper: works off what can wait, in lanes that never delay each other.

A lane is one kind of work with its own thread and its own lease in the database, so that two
sweepers (two machines) never work in the same lane at once.
"""

import logging
import secrets
import signal
import threading
from collections.abc import Callable
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


def sweep_once(app: Flask, lane: Lane, holder: str) -> bool:
    """Do one step of a lane if its lease can be had. A failing step is logged, never passed on."""
    with app.app_context():
        try:
            return take_lease(lane.name, holder) and lane.step()
        except Exception:
            log.exception("lane %s failed", lane.name)
            return False


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
    while not stop.is_set():
        if not sweep_once(app, lane, holder):
            stop.wait(lane.every)
