"""Where one is signed in, and ending that from afar."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.people import signing_out
from midtlink.people.rules import ID
from midtlink.people.views.blueprint import pages

HERE = "/mig/log-ind"


@pages.get(HERE)
@allow(MEMBER)
def sign_ins() -> str:
    """List where one is signed in."""
    return render_template(
        "people/sign_ins.html",
        sign_ins=signing_out.list_sign_ins(current_person().id),
        this_id=current_user.sign_in.id,
    )


@pages.post(f"{HERE}/<{ID}:sign_in_id>/afslut")
@allow(MEMBER)
def end_sign_in(sign_in_id: int) -> Response:
    """End one of one's sign-ins."""
    in_transaction(lambda: signing_out.end_sign_in(sign_in_id, by=current_person()))
    flash(_("Du er logget ud dér."), "success")
    return redirect(HERE, 303)


@pages.post(f"{HERE}/afslut-andre")
@allow(MEMBER)
def end_other_sign_ins() -> Response:
    """End all of one's sign-ins but this one."""
    person_id, this_id = current_person().id, current_user.sign_in.id
    ended = in_transaction(
        lambda: signing_out.end_sign_ins(person_id, except_id=this_id, by_id=person_id)
    )
    words = ngettext("Du er logget ud %(num)s sted.", "Du er logget ud %(num)s steder.", ended)
    flash(words if ended else _("Du var ikke logget ind andre steder."), "success")
    return redirect(HERE, 303)
