"""One person, as administrators see them: particulars, roles, active or not, a link."""

from flask import current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, ROLES, allow, current_person
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.access import mail_link
from midtlink.people import activating, forms, links, roles
from midtlink.people.forms import Typed, role_words
from midtlink.people.models import Department, Person
from midtlink.people.organising import list_departments
from midtlink.people.queries import get_person
from midtlink.people.registering import Particulars, change, register
from midtlink.people.views.blueprint import pages
from midtlink.refusals import BadInput
from midtlink.topics.queries import appointments_of

HERE = "/administration/personer/<username>"
FIELDS = ("name", "email", "title", "profession", "phone", "department")


@pages.get("/administration/ny-person")
@allow(ADMINISTRATOR)
def new_person_page() -> str:
    """Ask for a new colleague's particulars."""
    return _new_page(Typed({}))


@pages.post("/administration/ny-person")
@allow(ADMINISTRATOR)
def add_person() -> Response | tuple[str, int]:
    """Register a colleague."""
    typed = forms.read_form("username", *FIELDS)

    def work() -> Person:
        return register(
            typed["username"],
            _particulars(typed),
            _department(typed),
            by=current_person(),
            not_cpr=typed.not_cpr,
        )

    person = forms.attempt(typed, work)
    if person is None:
        return _new_page(typed), typed.status
    flash(_("%(name)s er oprettet.", name=person.name), "success")
    return _back_to(person.username)


@pages.get(HERE)
@allow(ADMINISTRATOR)
def person_page(username: str) -> str:
    """Show what administrators may change of a person."""
    return _page(get_person(username))


@pages.post(HERE)
@allow(ADMINISTRATOR)
def save_person(username: str) -> Response | tuple[str, int]:
    """Change a person's particulars."""
    typed = forms.read_form(*FIELDS)

    def work() -> bool:
        person = get_person(username)
        change(
            person,
            _particulars(typed),
            _department(typed),
            by=current_person(),
            not_cpr=typed.not_cpr,
        )
        return True

    if not forms.attempt(typed, work):
        return _page(get_person(username), typed), typed.status
    flash(_("Oplysningerne er gemt."), "success")
    return _back_to(username)


@pages.post(f"{HERE}/rolle")
@allow(ADMINISTRATOR)
def save_role(username: str) -> Response | tuple[str, int]:
    """Give or take a role."""
    role, wanted = request.form.get("role", ""), forms.is_wanted()
    if role not in ROLES:
        raise BadInput("role")
    verb = roles.grant_role if wanted else roles.revoke_role

    def work() -> bool:
        verb(get_person(username), role, by=current_person())
        return True

    return _done_or_refused(username, work)


@pages.post(f"{HERE}/aktiv")
@allow(ADMINISTRATOR)
def save_active(username: str) -> Response | tuple[str, int]:
    """Let a person in, or out."""
    verb = activating.activate if forms.is_wanted() else activating.deactivate

    def work() -> bool:
        verb(get_person(username), by=current_person())
        return True

    return _done_or_refused(username, work)


@pages.post(f"{HERE}/link")
@allow(ADMINISTRATOR)
def make_password_link(username: str) -> tuple[str, int]:
    """Make a one-time link and show it, this once."""
    typed = Typed({})
    token = forms.attempt(typed, lambda: links.make_link(get_person(username), by=current_person()))
    if token is None:
        return _page(get_person(username), errors=typed), 400
    base = (current_app.config["BASE_URL"] or request.host_url).rstrip("/")
    address = base + url_for("people.password_link", token=token)
    return _page(get_person(username), address=address), 200


@pages.post(f"{HERE}/link-paa-mail")
@allow(ADMINISTRATOR)
def mail_password_link(username: str) -> Response | tuple[str, int]:
    """Send the colleague a one-time link, which nobody else sees."""
    typed = Typed({})

    def work() -> bool:
        mail_link(get_person(username), by=current_person())
        return True

    if not forms.attempt(typed, work):
        return _page(get_person(username), errors=typed), 400
    flash(_("Linket bliver sendt til kollegaens mailadresse."), "success")
    return _back_to(username)


def _done_or_refused(username: str, work: forms.Work) -> Response | tuple[str, int]:
    typed = Typed({})
    if not forms.attempt(typed, work):
        return _page(get_person(username), errors=typed), 400
    flash(_("Det er gemt."), "success")
    return _back_to(username)


def _back_to(username: str) -> Response:
    return redirect(url_for("people.person_page", username=username), 303)


def _particulars(typed: Typed) -> Particulars:
    return Particulars(**{name: typed[name] for name in FIELDS if name != "department"})


def _department(typed: Typed) -> Department | None:
    known = {str(each.id): each for each in list_departments()}
    if not typed["department"]:
        return None
    if typed["department"] not in known:
        raise BadInput("department")
    return known[typed["department"]]


def _new_page(typed: Typed) -> str:
    return render_template("people/new.html", typed=typed, departments=_choices())


def _page(
    person: Person, typed: Typed | None = None, errors: Typed | None = None, address: str = ""
) -> str:
    return render_template(
        "people/person.html",
        person=person,
        typed=typed or _known(person),
        errors=errors.errors if errors else {},
        address=address,
        departments=_choices(),
        appointments=appointments_of(person),
        roles=role_words(),
        is_mailed=bool(person.email) and configuration.is_on(),
    )


def _known(person: Person) -> Typed:
    values = {name: getattr(person, name) or "" for name in FIELDS if name != "department"}
    return Typed({**values, "department": str(person.department_id or "")})


def _choices() -> list[tuple[int, str]]:
    return [(each.id, each.name) for each in list_departments()]
