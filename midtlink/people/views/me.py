"""One's own page: what colleagues read about one, how MidtLink looks, the password."""

from flask import flash, redirect, render_template, request
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.people import forms, passwords, profiles
from midtlink.people.attempts import SignInsStopped
from midtlink.people.forms import Typed
from midtlink.people.models import Person
from midtlink.people.views.blueprint import pages
from midtlink.people.views.stopped import stopped_words
from midtlink.questions.queries.followed import MOST, list_followed
from midtlink.refusals import Refused
from midtlink.settings import queries as settings
from midtlink.topics.queries import appointments_of


@pages.get("/mig")
@allow(MEMBER)
def me() -> str:
    """Show what one can change about oneself."""
    return _page()


@pages.post("/mig")
@allow(MEMBER)
def save_profile() -> Response | tuple[str, int]:
    """Save what colleagues read about one."""
    typed = forms.read_form("body", "title", "phone")
    saved = forms.attempt(typed, lambda: _save(typed))
    return _saved(_("Din profil er gemt.")) if saved else (_page(profile=typed), typed.status)


@pages.post("/mig/visning")
@allow(MEMBER)
def save_appearance() -> Response:
    """Save language, theme and keys."""
    uses_shortcuts = forms.is_ticked("uses_shortcuts")

    def work() -> None:
        person = current_person()
        profiles.choose_appearance(
            person,
            language=request.form.get("language", ""),
            theme=request.form.get("theme", ""),
            uses_shortcuts=uses_shortcuts,
            by=person,
        )

    in_transaction(work)
    return _saved(_("Dine valg er gemt."))


@pages.post("/mig/adgangskode")
@allow(MEMBER)
def change_password() -> Response | tuple[str, int]:
    """Change one's password, which ends one's other sign-ins."""
    typed = Typed({"current": "", "password": "", "again": ""})
    new = request.form.get("password", "")
    if new != request.form.get("again", ""):
        typed.errors["again"] = _("De to adgangskoder er ikke ens.")
        return _page(password=typed), 400
    try:
        current = request.form.get("current", "")
        sign_in_id = current_user.sign_in.id
        passwords.change_password(current_person(), current, new, sign_in_id=sign_in_id)
    except Refused as refused:
        typed.errors[refused.field] = forms.words(refused)
        return _page(password=typed), 400
    except SignInsStopped as stopped:
        typed.errors["current"] = stopped_words(stopped)
        return _page(password=typed), 429
    return _saved(_("Din adgangskode er ændret. Andre steder er du logget ud."))


def _save(typed: Typed) -> bool:
    person = current_person()
    profiles.change_profile(
        person,
        about=typed["body"],
        title=typed["title"],
        phone=typed["phone"],
        by=person,
        not_cpr=typed.not_cpr,
    )
    return True


def _saved(words: str) -> Response:
    flash(words, "success")
    return redirect("/mig", 303)


def _page(profile: Typed | None = None, password: Typed | None = None) -> str:
    return render_template(
        "people/me.html",
        profile=profile or _known(current_person()),
        password=password or Typed({}),
        least=settings.number("shortest_password"),
        appointments=appointments_of(current_person()),
        points_are_on=settings.is_on("points_are_on"),
        followed=list_followed(current_person()),
        most_followed=MOST,
    )


def _known(person: Person) -> Typed:
    return Typed({"body": person.about, "title": person.title, "phone": person.phone})
