"""Hooks for the tests, made by the verb itself, and what they are told."""

from itertools import count

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.hooks.keeping import Wanted, make_hook
from midtlink.notifications.hooks.rules import CHAT, SYSTEM, events_of
from midtlink.notifications.records import Delivery

#: Public, and never called: the tests that call use receivers of their own.
URL = "https://8.8.8.8/hook?key=secret"
_numbers = count(1)


def hooked(by, *events, kind=SYSTEM, name=None, url=URL, **more):
    """Make a hook that is told of these events, or of all."""
    wanted = Wanted(name or f"Krog {next(_numbers)}", url, events or events_of(kind), **more)
    return in_transaction(lambda: make_hook(kind, wanted, by=by))


def chat(by, *events, **more):
    """Make a hook of a chat."""
    return hooked(by, *events, kind=CHAT, **more)


def deliveries(hook=None, **values):
    """What was written down for a hook, the oldest first."""
    db.session.rollback()
    db.session.expire_all()
    if hook is not None:
        values["hook_id"] = hook.id
    return db.session.query(Delivery).filter_by(**values).order_by(Delivery.id).all()


def events(hook, **values):
    """The kinds of events that were written down for a hook."""
    return [row.event for row in deliveries(hook, **values)]
