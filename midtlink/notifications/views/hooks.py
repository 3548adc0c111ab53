"""Webhooks: making them, trying them, and what was sent to them."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed
from midtlink.notifications.hooks import keeping, repeating
from midtlink.notifications.hooks.queries import get_delivery, get_hook
from midtlink.notifications.hooks.rules import CHAT, HOOKS, SYSTEM
from midtlink.notifications.views import hook_forms, hook_pages
from midtlink.notifications.views.blueprint import pages
from midtlink.people.rules import ID
from midtlink.refusals import BadInput, Refused

HERE = "/administration/webhooks"


@pages.get(HERE)
@allow(ADMINISTRATOR)
def hooks() -> str:
    """List the hooks, and the exceptions that the house has made."""
    return hook_pages.every()


@pages.get(f"{HERE}/ny")
@allow(ADMINISTRATOR)
def new_hook() -> str:
    """Ask for a new hook: of a chat or of another system."""
    kind = request.args.get("til", SYSTEM)
    if kind not in HOOKS:
        raise BadInput("til")
    return hook_pages.new(kind, Typed({"events": "question.asked" if kind == CHAT else ""}))


@pages.post(HERE)
@allow(ADMINISTRATOR)
def add_hook() -> Response | str | tuple[str, int]:
    """Make a hook; another system's secret is shown this once."""
    kind, typed = hook_forms.read_hook(None)
    wanted, by = hook_forms.wanted(typed), current_person()
    hook = hook_forms.attempt(
        typed, lambda: keeping.make_hook(kind, wanted, by=by, not_cpr=typed.not_cpr)
    )
    if hook is None:
        return hook_pages.new(kind, typed), typed.status
    if hook.secret:
        return hook_pages.one(hook.id, secret=hook.secret)
    flash(_("%(name)s er klar.", name=hook.name), "success")
    return redirect(f"{HERE}/{hook.id}", 303)


@pages.get(f"{HERE}/<{ID}:hook_id>")
@allow(ADMINISTRATOR)
def hook(hook_id: int) -> str:
    """Show a hook, what was sent to it, and how to change it."""
    return hook_pages.one(hook_id)


@pages.post(f"{HERE}/<{ID}:hook_id>")
@allow(ADMINISTRATOR)
def change_hook(hook_id: int) -> Response | tuple[str, int]:
    """Change a hook, or switch it on or off."""
    _kind, typed = hook_forms.read_hook(get_hook(hook_id))
    wanted, by = hook_forms.wanted(typed), current_person()
    saved = hook_forms.attempt(
        typed, lambda: keeping.change_hook(hook_id, wanted, by=by, not_cpr=typed.not_cpr)
    )
    if saved is None:
        return hook_pages.one(hook_id, typed), typed.status
    flash(_("%(name)s er gemt.", name=saved.name), "success")
    return redirect(f"{HERE}/{hook_id}", 303)


@pages.post(f"{HERE}/<{ID}:hook_id>/hemmelighed")
@allow(ADMINISTRATOR)
def renew_hook_secret(hook_id: int) -> Response | str:
    """Make a new secret, and show it this once."""
    try:
        saved = in_transaction(lambda: keeping.renew_secret(hook_id, by=current_person()))
    except Refused:
        raise BadInput("kind") from None
    return hook_pages.one(hook_id, secret=saved.secret)


@pages.post(f"{HERE}/<{ID}:hook_id>/proeve")
@allow(ADMINISTRATOR)
def try_hook(hook_id: int) -> Response:
    """Send a trial."""
    done = _("Prøven er på vej. Se om lidt herunder, om den kom frem.")
    return _done(hook_id, lambda: repeating.send_trial(hook_id, by=current_person()), done)


@pages.post(f"{HERE}/beskeder/<{ID}:delivery_id>/igen")
@allow(ADMINISTRATOR)
def repeat_delivery(delivery_id: int) -> Response:
    """Send something again."""
    hook_id, done = get_delivery(delivery_id).hook_id, _("Beskeden bliver sendt igen.")
    return _done(hook_id, lambda: repeating.send_again(delivery_id, by=current_person()), done)


@pages.post(f"{HERE}/<{ID}:hook_id>/sletning")
@allow(ADMINISTRATOR)
def drop_hook(hook_id: int) -> Response:
    """Delete a hook that is off, with its log."""
    done = _("Webhooken og dens log er slettet.")
    return _done(hook_id, lambda: keeping.drop_hook(hook_id, by=current_person()), done, HERE)


def _done(hook_id: int, work: Callable[[], Any], done: str, to: str | None = None) -> Response:
    here = f"{HERE}/{hook_id}"
    try:
        in_transaction(work)
    except Refused as refused:
        flash(hook_forms.words(refused), "error")
        return redirect(here, 303)
    flash(done, "success")
    return redirect(to or here, 303)
