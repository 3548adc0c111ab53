"""The pages of webhooks, filled in."""

from typing import Any

from flask import current_app, render_template, request, url_for

from midtlink.forms import Typed
from midtlink.notifications.hooks import wording
from midtlink.notifications.hooks.addresses import shortened
from midtlink.notifications.hooks.queries import get_hook, list_deliveries, list_hooks
from midtlink.notifications.hooks.rules import events_of
from midtlink.notifications.hooks.surroundings import surroundings
from midtlink.notifications.records import SENT, WAITING, Hook
from midtlink.notifications.views import hook_forms
from midtlink.paging import read_cursor

#: How a delivery's state looks; the others ask for a look.
STATE_KINDS = {SENT: "ok", WAITING: "calm"}


def every() -> str:
    """Return the list of hooks, and the exceptions that the house has made."""
    return render_template(
        "notifications/hooks.html",
        hooks=list_hooks(),
        kinds=wording.KINDS,
        shortened=shortened,
        allowed=sorted(f"{each.scheme}://{each}" for each in surroundings().allowed),
        has_address=bool(current_app.config["BASE_URL"]),
    )


def new(kind: str, typed: Typed) -> str:
    """Return the form of a new hook."""
    return render_template(
        "notifications/hook_new.html", kind=kind, typed=typed, **_choices(kind, None)
    )


def one(hook_id: int, typed: Typed | None = None, secret: str = "") -> str:
    """Return a hook's page; a secret that was just made is shown this once."""
    found, cursor = get_hook(hook_id), read_cursor(request.args.get("efter"))
    sent = list_deliveries(found, after=cursor)
    older = sent.next_cursor
    return render_template(
        "notifications/hook.html",
        hook=found,
        typed=typed or hook_forms.known(found),
        secret=secret,
        address=shortened(found.url),
        kinds=wording.KINDS,
        deliveries=sent.rows,
        event_words=wording.EVENTS,
        state_words=wording.STATES,
        state_kinds=STATE_KINDS,
        error_words=wording.error_words,
        older=older and url_for("notifications.hook", hook_id=hook_id, efter=older),
        **_choices(found.kind, found),
    )


def _choices(kind: str, hook: Hook | None) -> dict[str, Any]:
    return {
        "events": [(key, wording.EVENTS[key]) for key in events_of(kind)],
        "systems": hook_forms.systems_for(hook),
        "departments": hook_forms.departments_for(hook),
    }
