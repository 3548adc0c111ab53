"""The super-users: who they are, appointing one, ending an appointment."""

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import guarding
from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed
from midtlink.people.queries import find_person
from midtlink.refusals import Refused
from midtlink.topics import forms
from midtlink.topics.appointing import appoint, end_appointment
from midtlink.topics.models import SuperUser
from midtlink.topics.queries import list_departments, list_super_users, list_systems
from midtlink.topics.views.blueprint import pages

HERE = "/administration/superbrugere"
#: The largest id that both databases hold.
ID = "int(max=2147483647)"


@pages.get(HERE)
@allow(ADMINISTRATOR)
def super_users() -> str:
    """List the super-users."""
    return _page(Typed({}))


@pages.post(HERE)
@allow(ADMINISTRATOR)
def appoint_super_user() -> Response | tuple[str, int]:
    """Appoint a super-user."""
    typed = forms.read_form("username", "system", "department")
    row = forms.attempt(typed, lambda: _appoint(typed))
    if row is None:
        return _page(typed), typed.status
    flash(_("%(name)s er nu superbruger.", name=row.person.name), "success")
    return redirect(HERE, 303)


@pages.post(f"{HERE}/<{ID}:appointment_id>/ophoer")
@allow(ADMINISTRATOR)
def end_super_user(appointment_id: int) -> Response:
    """End an appointment."""
    in_transaction(lambda: end_appointment(appointment_id, by=current_person()))
    flash(_("Udpegningen er afsluttet."), "success")
    return redirect(HERE, 303)


def _appoint(typed: Typed) -> SuperUser:
    systems = {system.slug: system for system in list_systems()} | {"": None}
    departments = {str(each.id): each for each in list_departments()} | {"": None}
    system = systems[forms.choice("system", systems)]
    department = departments[forms.choice("department", departments)]
    person = find_person(typed["username"])
    if person is None:
        guarding.check({"username": typed["username"]}, overruled=typed.not_cpr)
        raise Refused("username", "unknown_person")
    return appoint(person, system=system, department=department, by=current_person())


def _page(typed: Typed) -> str:
    return render_template(
        "topics/super_users.html",
        typed=typed,
        appointments=list_super_users(),
        systems=[(system.slug, system.name) for system in list_systems()],
        departments=[(each.id, each.name) for each in list_departments()],
    )
