"""Sending once more, and sending a trial."""

from typing import Any

from sqlalchemy import select

from midtlink import clock
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.notifications import events as facts
from midtlink.notifications.hooks.keeping import enter, lock_hook
from midtlink.notifications.hooks.queries import get_delivery
from midtlink.notifications.hooks.rules import TRIAL
from midtlink.notifications.hooks.telling import new_token
from midtlink.notifications.records import WAITING, Delivery, Hook
from midtlink.people.models import Person
from midtlink.refusals import Conflict, Refused


def send_again(delivery_id: int, *, by: Person | None) -> Delivery:
    """Send what was sent or given up again, under a key of its own. One that waits is enough.

    Raises Refused while the hook is off, and Conflict for what still waits itself.
    """
    with transaction():
        by = enter(by, "send again to")
        old = get_delivery(delivery_id)
        hook = _active(old.hook_id)
        if old.state == WAITING:
            raise Conflict("waiting")
        about = {name: getattr(old, name) for name in ("event", "question_id", "post_id", "facts")}
        of = {"again_of_id": old.id, "hook_id": hook.id}
        if found := _find_waiting(**of):
            return found
        made = _add(hook, about | {"happened_at": old.happened_at, "again_of_id": old.id})
        publish(facts.DeliveryRepeated(hook_id=hook.id, delivery_id=old.id, by_id=by.id))
        return made


def send_trial(hook_id: int, *, by: Person | None) -> Delivery:
    """Send a message that says nothing, to see whether anybody answers. Raises Refused."""
    with transaction():
        by = enter(by, "try")
        hook = _active(hook_id)
        if found := _find_waiting(hook_id=hook.id, event=TRIAL):
            return found
        made = _add(hook, {"event": TRIAL, "facts": {}, "happened_at": clock.now()})
        publish(facts.HookTried(hook_id=hook.id, by_id=by.id))
        return made


def _active(hook_id: int) -> Hook:
    hook = lock_hook(hook_id)
    if not hook.is_active:
        raise Refused("", "switched_off")
    return hook


def _find_waiting(**values: Any) -> Delivery | None:
    waiting = select(Delivery).filter_by(state=WAITING, **values).limit(1)
    return db.session.scalars(waiting).first()


def _add(hook: Hook, about: dict[str, Any]) -> Delivery:
    row = Delivery(hook_id=hook.id, delivery_key=new_token(), next_at=clock.now(), **about)
    db.session.add(row)
    db.session.flush()
    return row
