"""What every page shares: language, times, addresses, and the template's vocabulary."""

from datetime import datetime, timedelta

from flask import Flask, current_app, redirect, request, session
from flask_babel import Babel, format_datetime, format_timedelta, get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response

from midtlink import clock
from midtlink.access import current_person
from midtlink.security import is_safe_path

RECENT = timedelta(hours=12)
JUST_NOW = timedelta(minutes=1)
#: Messages that wait for the next page.
MOST_MESSAGES = 4


def language() -> str:
    """Return the language of this request: the person's, the visitor's choice, or the browser's."""
    known = current_app.config["LANGUAGES"]
    if person := current_person():
        return str(person.language)
    chosen = str(session.get("language"))
    return chosen if chosen in known else _preferred(known)


def _preferred(known: tuple[str, ...]) -> str:
    return request.accept_languages.best_match(known) or known[0]


def ago(moment: datetime) -> Markup:
    """Show a moment as people say it, "for 17 minutter siden", inside a <time>."""
    age = clock.now() - moment
    if timedelta(0) <= age < JUST_NOW:
        words = _("lige nu")
    elif timedelta(0) <= age < RECENT:
        words = format_timedelta(-age, add_direction=True)
    else:
        words = _spoken(moment)
    return _time(moment, words)


def moment(value: datetime) -> Markup:
    """Show a moment with date and time inside a <time>."""
    return _time(value, _exact(value))


def day(value: datetime) -> str:
    """Return a date, "9. august 2026"."""
    return _formatted(value, "d. MMMM yyyy", "d MMMM yyyy")


def time_of_day(value: datetime) -> str:
    """Return a time on the hospital's clocks, "14.02"."""
    return _formatted(value, "HH.mm", "HH:mm")


def _formatted(value: datetime, danish: str, english: str) -> str:
    return str(format_datetime(value, danish if language() == "da" else english))


def _exact(value: datetime) -> str:
    return _formatted(value, "d. MMMM yyyy 'kl.' HH.mm", "d MMMM yyyy, HH:mm")


def _spoken(value: datetime) -> str:
    local = value.astimezone(clock.HOSPITAL_TIME)
    days = (clock.now().astimezone(clock.HOSPITAL_TIME).date() - local.date()).days
    if days == 0:
        return _("i dag kl. %(time)s", time=time_of_day(value))
    if days == 1:
        return _("i går kl. %(time)s", time=time_of_day(value))
    return _formatted(value, "d. MMM yyyy", "d MMM yyyy")


def _time(value: datetime, words: str) -> Markup:
    exact = value.strftime("%Y-%m-%dT%H:%M:%SZ")
    return Markup('<time datetime="{}" title="{}">{}</time>').format(exact, _exact(value), words)


def redirect_back(fallback: str) -> Response:
    """Redirect (303) to the form's `next` where that stays on this server, else to fallback."""
    wanted = request.form.get("next") or request.args.get("next") or ""
    return redirect(wanted if is_safe_path(wanted) else fallback, 303)


def keep_few_messages(response: Response) -> Response:
    """Forget all but the newest messages: the cookie that carries them holds four kilobytes."""
    waiting = session.get("_flashes", [])
    if len(waiting) > MOST_MESSAGES:
        session["_flashes"] = waiting[-MOST_MESSAGES:]
    return response


def init_babel(app: Flask, babel: Babel) -> None:
    """Choose the language per request; times are shown as they are in Copenhagen."""
    babel.init_app(app, locale_selector=language)


def init_app(app: Flask) -> None:
    """Give templates their filters and words."""
    app.jinja_env.filters.update(ago=ago, moment=moment, time_of_day=time_of_day)
    app.jinja_env.globals.update(current_language=lambda: str(get_locale()), now=clock.now)
    app.context_processor(lambda: {"me": current_person()})
    app.after_request(keep_few_messages)
