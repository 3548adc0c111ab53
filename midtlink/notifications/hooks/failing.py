"""Hooks that fail: for how long, and switching off one that has only failed for a day."""

from datetime import datetime

from sqlalchemy import update

from midtlink import clock
from midtlink.events import publish
from midtlink.extensions import db
from midtlink.notifications.events import HookSwitchedOff
from midtlink.notifications.hooks.rules import PATIENCE
from midtlink.notifications.hooks.telling import ended
from midtlink.notifications.records import DEAD, WAITING, Delivery, Hook


def note_success(hook: Hook) -> None:
    """Forget that a hook has failed."""
    hook.failing_since = None


def note_failure(hook: Hook, moment: datetime) -> None:
    """Remember since when a hook fails; after a day of nothing else it is switched off."""
    hook.failing_since = hook.failing_since or moment
    if hook.is_active and moment - hook.failing_since >= PATIENCE:
        switch_off(hook)
        publish(HookSwitchedOff(hook_id=hook.id, by_id=None))


def switch_off(hook: Hook) -> None:
    """Switch a locked hook off. What waits is given up; an administrator may send it again."""
    hook.is_active = False
    waiting = update(Delivery).where(Delivery.hook_id == hook.id, Delivery.state == WAITING)
    db.session.execute(waiting.values(ended(clock.now(), DEAD, "switched_off")))
