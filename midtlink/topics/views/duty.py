"""The super-user's switch: on duty, or no longer."""

from flask import flash
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.pages import redirect_back
from midtlink.topics import forms
from midtlink.topics.duty import begin_duty, end_duty
from midtlink.topics.rules import DUTY_HOURS
from midtlink.topics.views.blueprint import pages


@pages.post("/mig/vagt")
@allow(MEMBER)
def duty() -> Response:
    """Be on duty, or no longer: as the form wants it."""
    wanted = forms.is_wanted()
    verb = begin_duty if wanted else end_duty
    in_transaction(lambda: verb(by=current_person()))
    told = _("Du er på vagt. Det slutter af sig selv efter %(hours)s timer.", hours=DUTY_HOURS)
    flash(told if wanted else _("Du er ikke længere på vagt."), "success")
    return redirect_back("/mig")
