"""Unsubscribing from a mail by its address, without signing in.

Looking writes nothing: mail scanners open every address. The button of the page and that of the
mail program send the same.
"""

from flask import render_template
from flask_babel import gettext as _

from midtlink.access import ANYONE, allow
from midtlink.events import in_transaction
from midtlink.notifications import wording
from midtlink.notifications.mail.rules import DAILY, WEEKLY
from midtlink.notifications.mail.unsubscribing import Subscription, read_token, unsubscribe
from midtlink.notifications.views.blueprint import pages
from midtlink.security import ignores_cookie

HERE = "/afmeld/<token>"


@pages.get(HERE)
@allow(ANYONE, renews=False)
def unsubscribe_page(token: str) -> str:
    """Ask whether to unsubscribe."""
    return _page(token, read_token(token), is_done=False)


@pages.post(HERE)
@allow(ANYONE, renews=False)
@ignores_cookie
def unsubscribe_by_token(token: str) -> str:
    """Unsubscribe; once more changes nothing."""
    subscription = read_token(token)
    in_transaction(lambda: unsubscribe(subscription))
    return _page(token, subscription, is_done=True)


def _page(token: str, subscription: Subscription, *, is_done: bool) -> str:
    return render_template(
        "notifications/mail_unsubscribe.html",
        token=token,
        what=_words(subscription),
        is_done=is_done,
    )


def _words(subscription: Subscription) -> str:
    """Say what one unsubscribes from. A title would tell it to whoever finds the address."""
    digests = {DAILY: _("Det daglige overblik"), WEEKLY: _("Det ugentlige overblik")}
    if subscription.kind:
        return digests.get(subscription.kind) or str(wording.CHOICES[subscription.kind])
    return _("Tråden /s/%(number)s", number=subscription.question_id)
