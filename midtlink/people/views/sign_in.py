"""Signing in, signing out, and choosing a language before that."""

from flask import current_app, flash, redirect, render_template, request, session
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ANYONE, allow, current_person
from midtlink.events import in_transaction
from midtlink.notifications.mail import configuration
from midtlink.pages import redirect_back
from midtlink.people import profiles, signing_in, signing_out
from midtlink.people.attempts import SignInsStopped
from midtlink.people.rules import browser_name
from midtlink.people.views.blueprint import pages
from midtlink.people.views.renewing import signed_in_row
from midtlink.people.views.stopped import stopped_words
from midtlink.refusals import BadInput
from midtlink.security import is_safe_path


@pages.get("/log-ind")
@allow(ANYONE, renews=False)
def sign_in_page() -> Response | str:
    """Ask for username and password; whoever is signed in goes on."""
    if current_person():
        return redirect_back("/")
    return _ask(request.args.get("next", ""))


@pages.post("/log-ind")
@allow(ANYONE, renews=False)
def sign_in() -> Response | tuple[str, int]:
    """Sign in and go to the page that was asked for; whoever was signed in here no longer is."""
    wanted, left = request.form.get("next", ""), signed_in_row()
    left_id = left.id if left else None
    try:
        token = signing_in.sign_in(
            request.form.get("username", ""),
            request.form.get("password", ""),
            is_own_computer=request.form.get("own_computer") == "on",
            browser=browser_name(request.user_agent.string),
            address=request.remote_addr or "",
        )
    except signing_in.WrongPassword:
        return _ask(wanted, _("Brugernavnet og adgangskoden passer ikke sammen.")), 400
    except SignInsStopped as stopped:
        return _ask(wanted, stopped_words(stopped)), 429
    if left_id is not None:
        in_transaction(lambda: signing_out.sign_out(left_id))
    _start_session(token)
    return redirect(wanted if is_safe_path(wanted) else "/", 303)


@pages.post("/log-ud")
@allow(ANYONE, renews=False)
def sign_out() -> Response:
    """End this sign-in, so that every copy of its cookie is dead."""
    sign_in = signed_in_row()
    if sign_in is not None:
        in_transaction(lambda: signing_out.sign_out(sign_in.id))
    _empty_session()
    flash(_("Du er logget ud."), "success")
    return redirect("/log-ind", 303)


@pages.post("/sprog")
@allow(ANYONE)
def language() -> Response:
    """Change the language: of the person, or of this visitor."""
    wanted = request.form.get("language", "")
    if wanted not in current_app.config["LANGUAGES"]:
        raise BadInput("language")
    session["language"] = wanted
    if person := current_person():
        in_transaction(lambda: profiles.choose_language(person.id, wanted))
    return redirect_back("/")


def _ask(wanted: str, error: str = "") -> str:
    return render_template(
        "people/sign_in.html",
        wanted=wanted if is_safe_path(wanted) else "",
        username=request.form.get("username", "")[:60],
        is_own_computer=request.form.get("own_computer") == "on",
        errors={"": error} if error else {},
        is_mail_on=configuration.is_on(),
    )


def _start_session(token: str) -> None:
    """Nothing of the session before passes into the new one, but the language."""
    _empty_session()
    session["_user_id"] = token


def _empty_session() -> None:
    language = session.get("language")
    session.clear()
    if language:
        session["language"] = language
