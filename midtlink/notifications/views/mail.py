"""Mails that did not arrive, for administrators."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.events import in_transaction
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.dead_letters import list_unsent, retry, retry_all
from midtlink.notifications.mail.rules import (
    COLLECTED,
    DAILY,
    INVITATION,
    NOTICE,
    PASSWORD,
    WEEKLY,
)
from midtlink.notifications.records import DEAD, WAITING
from midtlink.notifications.views.blueprint import pages
from midtlink.people.rules import ID
from midtlink.refusals import BadInput

HERE = "/administration/post"
#: What the list shows, in the words of its address.
STATES = {"opgivet": DEAD, "venter": WAITING}
PURPOSES = {
    NOTICE: lazy_gettext("Besked"),
    COLLECTED: lazy_gettext("Samlede beskeder"),
    DAILY: lazy_gettext("Dagligt overblik"),
    WEEKLY: lazy_gettext("Ugentligt overblik"),
    INVITATION: lazy_gettext("Link fra en administrator"),
    PASSWORD: lazy_gettext("Glemt adgangskode"),
}


@pages.get(HERE)
@allow(ADMINISTRATOR)
def unsent_mails() -> str:
    """List the mails that were given up, or those that wait; never what they say."""
    which = request.args.get("vis", "opgivet")
    if which not in STATES:
        raise BadInput("vis")
    cursor = request.args.get("efter")
    found = list_unsent(STATES[which], by=current_person(), cursor=cursor)
    older = found.next_cursor and url_for(".unsent_mails", vis=which, efter=found.next_cursor)
    return render_template(
        "notifications/mail_unsent.html",
        mails=found.rows,
        which=which,
        purposes=PURPOSES,
        older=older,
        is_on=configuration.is_on(),
    )


@pages.post(f"{HERE}/<{ID}:mail_id>/igen")
@allow(ADMINISTRATOR)
def retry_mail(mail_id: int) -> Response:
    """Send a mail again."""
    in_transaction(lambda: retry(mail_id, by=current_person()))
    flash(_("Mailen bliver prøvet igen."), "success")
    return redirect(HERE, 303)


@pages.post(f"{HERE}/igen")
@allow(ADMINISTRATOR)
def retry_mails() -> Response:
    """Send all mails again that were given up."""
    count = in_transaction(lambda: retry_all(by=current_person()))
    words = ngettext("%(num)s mail bliver prøvet igen.", "%(num)s mails bliver prøvet igen.", count)
    flash(words if count else _("Der var ingen mails at prøve igen."), "success")
    return redirect(HERE, 303)
