"""Sending what waits: what is due is taken, called and written down, each in a step of its own.

A delivery is marked as tried and committed before the call. Who dies in between has lost nothing:
it is sent again later, under the same key.
"""

import logging
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from midtlink import clock
from midtlink.extensions import db
from midtlink.notifications.hooks.addresses import Origin
from midtlink.notifications.hooks.calling import Answer, call
from midtlink.notifications.hooks.failing import note_failure, note_success
from midtlink.notifications.hooks.payloads import Message, message
from midtlink.notifications.hooks.rules import MOST_ATTEMPTS, TRIAL, wait_after
from midtlink.notifications.hooks.surroundings import surroundings
from midtlink.notifications.hooks.telling import receiving
from midtlink.notifications.records import DEAD, DROPPED, SENT, WAITING, Delivery, Hook

log = logging.getLogger(__name__)


class Job(NamedTuple):
    """A call that is ready, with nothing of the database in it."""

    delivery_id: int
    hook_id: int
    url: str
    message: Message
    allowed: Collection[Origin]


def list_due(*, without: Collection[int], limit: int) -> Sequence[int]:
    """Return the ids of what is due, at most one of each hook: what follows waits its turn."""
    heads = (
        select(func.min(Delivery.id))
        .where(Delivery.state == WAITING, Delivery.hook_id.not_in(without))
        .group_by(Delivery.hook_id)
    )
    due = Delivery.id.in_(heads), Delivery.next_at <= clock.now()
    statement = select(Delivery.id).where(*due).order_by(Delivery.next_at, Delivery.id)
    return db.session.scalars(statement.limit(limit)).all()


def take(delivery_id: int) -> Job | None:
    """Mark a delivery as tried and make its message. None where it is not sent after all."""
    delivery = _lock(delivery_id)
    if delivery is None or delivery.state != WAITING:
        return None
    moment = clock.now()
    if not delivery.hook.is_active:
        _end(delivery, DEAD, moment, "switched_off")
    elif delivery.attempts >= MOST_ATTEMPTS:
        _end(delivery, DEAD, moment, "given_up")
    elif not _may_be_told(delivery):
        _end(delivery, DROPPED, moment, "gone")
    else:
        delivery.attempts += 1
        delivery.tried_at, delivery.next_at = moment, moment + wait_after(delivery.attempts)
        made, allowed = message(delivery, moment), surroundings().allowed
        return Job(delivery.id, delivery.hook_id, delivery.hook.url, made, allowed)
    return None


def run(job: Job) -> Answer:
    """Make the call, in a thread that knows no database. Whatever goes wrong is an answer too."""
    try:
        return call(job.url, job.message.body, job.message.headers, allowed=job.allowed)
    except Exception as error:  # Its words may hold the address, which is a secret.
        log.error("a call to hook %s failed: %s", job.hook_id, type(error).__name__)
        return Answer(None, "broken", is_temporary=True)


def note(delivery_id: int, answer: Answer) -> None:
    """Write down how a call went; what was deleted meanwhile is nobody's any more."""
    delivery = _lock(delivery_id)
    if delivery is None:
        return
    moment = clock.now()
    delivery.status, delivery.error = answer.status, answer.error
    if not answer.error:
        _end(delivery, SENT, moment, "")
        note_success(delivery.hook)
        return
    if delivery.state == WAITING:
        if answer.is_temporary and delivery.attempts < MOST_ATTEMPTS:
            delivery.next_at = moment + wait_after(delivery.attempts, answer.asked_for)
        else:
            _end(delivery, DEAD, moment, answer.error)
    note_failure(delivery.hook, moment)


def _lock(delivery_id: int) -> Delivery | None:
    """Return a delivery afresh, its hook locked first, as whoever changes a hook does."""
    of_delivery = select(Delivery.hook_id).where(Delivery.id == delivery_id)
    hook = select(Hook).where(Hook.id == of_delivery.scalar_subquery()).with_for_update()
    fresh = {"populate_existing": True}
    if db.session.scalars(hook.execution_options(**fresh)).one_or_none() is None:
        return None
    row = select(Delivery).where(Delivery.id == delivery_id).with_for_update()
    return db.session.scalars(row.execution_options(**fresh)).one_or_none()


def _may_be_told(delivery: Delivery) -> bool:
    """Say whether what it is about is still for everybody to read, and still the hook's matter."""
    if delivery.event == TRIAL:
        return True
    if delivery.question_id is None or delivery.post_id is None:
        return False  # Its post has left the database.
    hook = select(Hook.id).where(Hook.id == delivery.hook_id)
    about = delivery.question_id, delivery.post_id
    receiver = receiving(delivery.event, *about, among=hook, before=delivery.id)
    return db.session.scalar(receiver) is not None


def _end(delivery: Delivery, state: str, moment: datetime, error: str) -> None:
    delivery.state, delivery.ended_at, delivery.error = state, moment, error
