"""What stands around every page: hospital, number of answers, the person's places, the accent."""

from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, g, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError

from midtlink.access import ADMINISTRATOR, ANYONE, MODERATOR, REVIEWER, allow, current_person
from midtlink.people.signing_in import seconds_left
from midtlink.questions.queries.counting import answers_shown
from midtlink.settings import queries as settings
from midtlink.settings.definitions import DEFINITIONS

ACCENTS = ("accent_light", "accent_dark")


@dataclass(frozen=True)
class Shell:
    """The words of the frame; a shell without words stands where the database is gone."""

    hospital: str = ""
    answers: str | None = None
    idle_seconds: int = 0
    urgent_phone: str = ""
    has_own_accent: bool = False
    has_points: bool = False
    places: list[tuple[str, str]] = field(default_factory=list)


def shell() -> Shell:
    """Return the shell of this request, made once."""
    if "shell" not in g:
        try:
            g.shell = _make_shell()
        except SQLAlchemyError:
            g.shell = Shell()
    return g.shell


def _make_shell() -> Shell:
    around: dict[str, Any] = {
        "hospital": settings.text("hospital_name"),
        "urgent_phone": settings.text("it_phone"),
        "has_own_accent": any(settings.value(key) != DEFINITIONS[key].default for key in ACCENTS),
    }
    if current_person() is None:
        return Shell(**around)
    answers, seconds = format_decimal(answers_shown()), seconds_left(current_user.sign_in)
    around["has_points"] = settings.is_on("points_are_on")
    return Shell(answers=answers, idle_seconds=seconds, places=_places(), **around)


def _places() -> list[tuple[str, str]]:
    person = current_person()
    places = [(url_for("moderation.suggestions"), _("Forslag"))]
    if settings.is_on("points_are_on"):
        places.insert(0, (url_for("reputation.helpers"), _("Hjælpere")))
    if person.has_role(MODERATOR):
        places.append((url_for("moderation.flags"), _("Meldinger")))
    if person.has_role(REVIEWER, MODERATOR):
        places.append((url_for("search.unfound"), _("Ikke fundet")))
    if person.has_role(ADMINISTRATOR):
        places.append((url_for("people.administration"), _("Administration")))
    return places


@allow(ANYONE, renews=False)
def theme_css() -> Response:
    """Send the hospital's accent colours as a stylesheet."""
    light, dark = (settings.text(key) for key in ACCENTS)
    words = f":root {{ --accent-light: {light}; --accent-dark: {dark}; }}\n"
    return Response(words, mimetype="text/css")


def init_app(app: Flask) -> None:
    """Give every template its shell."""
    app.add_url_rule("/tema.css", "theme_css", theme_css)
    app.context_processor(lambda: {"shell": shell()})
