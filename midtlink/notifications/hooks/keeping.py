"""Making, changing and deleting hooks."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import delete, select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.notifications import events as facts
from midtlink.notifications.hooks.addresses import addresses_of, read_address
from midtlink.notifications.hooks.failing import switch_off
from midtlink.notifications.hooks.policy import may_keep_hooks
from midtlink.notifications.hooks.queries import get_hook, list_hooks
from midtlink.notifications.hooks.rules import (
    LONGEST_NAME,
    LONGEST_URL,
    MOST_HOOKS,
    SYSTEM,
    events_of,
)
from midtlink.notifications.hooks.surroundings import surroundings
from midtlink.notifications.hooks.telling import new_token
from midtlink.notifications.records import Delivery, Hook
from midtlink.people.models import Person
from midtlink.refusals import Refused
from midtlink.texts import clean_line

#: Who changes hooks holds this: a name is taken once.
HOOKS = "notifications.hooks"
#: Letters of a secret: 262 bits.
SECRET_LENGTH = 46


class Wanted(NamedTuple):
    """What an administrator wants of a hook."""

    name: str
    #: Empty leaves the address as it is.
    url: str
    events: Iterable[str]
    system_id: int | None = None
    department_id: int | None = None
    is_active: bool = True


def check_address(url: str) -> None:
    """Ask what the address's name stands for: before the transaction, since it may take seconds.

    Raises Refused for an address that is not called.
    """
    if url := url.strip():
        allowed = surroundings().allowed
        addresses_of(read_address(url, allowed).origin, allowed)


def make_hook(kind: str, wanted: Wanted, *, by: Person | None, not_cpr: Iterable[str] = ()) -> Hook:
    """Make a hook; another system's gets a secret, to be shown this once. Raises Refused."""
    with transaction():
        by = enter(by, "make")
        if len(list_hooks()) >= MOST_HOOKS:
            raise Refused("", "too_many_hooks", most=MOST_HOOKS)
        hook = Hook(kind=kind, name="", url="", made_at=clock.now(), made_by_id=by.id)
        hook.secret = new_token(SECRET_LENGTH) if kind == SYSTEM else ""
        _fill(hook, wanted, by, not_cpr)
        return hook


def change_hook(
    hook_id: int, wanted: Wanted, *, by: Person | None, not_cpr: Iterable[str] = ()
) -> Hook:
    """Change a hook, or switch it on or off; off, what waits is given up. Raises Refused."""
    with transaction():
        by = enter(by, "change")
        hook = lock_hook(hook_id)
        if hook.is_active and not wanted.is_active:
            switch_off(hook)
        elif wanted.is_active and not hook.is_active:
            hook.failing_since = None
        _fill(hook, wanted, by, not_cpr)
        return hook


def renew_secret(hook_id: int, *, by: Person | None) -> Hook:
    """Give another system's hook a new secret, to be shown this once; the old one ends."""
    with transaction():
        by = enter(by, "renew the secret of")
        hook = lock_hook(hook_id)
        if hook.kind != SYSTEM:
            raise Refused("", "no_secret")
        hook.secret = new_token(SECRET_LENGTH)
        publish(facts.HookSecretRenewed(hook_id=hook.id, by_id=by.id))
        return hook


def drop_hook(hook_id: int, *, by: Person | None) -> Hook:
    """Delete a hook and its log. Raises Refused while it is on: somebody may be telling it."""
    with transaction():
        by = enter(by, "delete")
        hook = lock_hook(hook_id)
        if hook.is_active:
            raise Refused("", "still_on")
        publish(facts.HookDropped(hook_id=hook.id, by_id=by.id))
        db.session.execute(delete(Delivery).where(Delivery.hook_id == hook.id))
        db.session.delete(hook)
        return hook


def enter(by: Person | None, action: str) -> Person:
    """Let in who looks after hooks, one at a time. Raises NotAllowed."""
    if by is None or not may_keep_hooks(by):
        raise NotAllowed(by, action, "hooks")
    hold(HOOKS)
    return by


def lock_hook(hook_id: int) -> Hook:
    """Return a hook afresh, locked until the transaction ends. Raises NotFound."""
    db.session.execute(select(Hook.id).where(Hook.id == hook_id).with_for_update())
    return get_hook(hook_id)


def _fill(hook: Hook, wanted: Wanted, by: Person, not_cpr: Iterable[str]) -> None:
    texts = {
        "name": clean_line(wanted.name, "name", most=LONGEST_NAME, least=1),
        "url": _url(hook, wanted),
    }
    known = f"{hook.name}\n\n{hook.url}"
    overruled = guarding.check(texts, overruled=not_cpr, known=known)
    taken = {other.name.casefold() for other in list_hooks() if other is not hook}
    if texts["name"].casefold() in taken:
        raise Refused("name", "taken")
    hook.name, hook.url = texts["name"], texts["url"]
    hook.events = _events(hook, wanted)
    hook.system_id, hook.department_id = wanted.system_id, wanted.department_id
    hook.is_active = wanted.is_active
    db.session.add(hook)
    db.session.flush()
    publish(facts.HookSaved(hook_id=hook.id, by_id=by.id))
    if overruled:
        publish(facts.HookGuardOverruled(hook_id=hook.id, count=overruled, by_id=by.id))


def _url(hook: Hook, wanted: Wanted) -> str:
    typed = clean_line(wanted.url, "url", most=LONGEST_URL)
    if typed or not hook.url:
        read_address(typed, surroundings().allowed)
    return typed or hook.url


def _events(hook: Hook, wanted: Wanted) -> str:
    chosen = set(wanted.events)
    known = [key for key in events_of(hook.kind) if key in chosen]
    if not known:
        raise Refused("events", "none_chosen")
    return " ".join(known)
