"""What was typed about people, and in words why it was refused."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from midtlink import forms
from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.forms import Errors, Typed, is_ticked, is_wanted, read_form
from midtlink.refusals import Refused

__all__ = [
    "Errors",
    "Typed",
    "Work",
    "attempt",
    "is_ticked",
    "is_wanted",
    "read_form",
    "role_words",
    "words",
]

Result = TypeVar("Result")
Work = Callable[[], bool]


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, as every form does, in the words of people."""
    return forms.attempt(typed, work, words=words)


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    match refused.code:
        case "blank":
            return _("Skriv noget her.")
        case "taken":
            return _("Det bruges allerede af en anden.")
        case "username":
            return _("Brug kun bogstaver, tal, punktum, bindestreg, plus og understreg.")
        case "email":
            return _("Skriv en e-mailadresse, for eksempel anne@hospital.dk.")
        case "last_administrator":
            return _("Der skal altid være en administrator. Gør først en anden til det.")
        case "inactive":
            return _("Kollegaen er ikke aktiv og kan ikke få et link.")
        case "no_mail":
            return _("Kollegaen har ingen mailadresse her, eller mail er ikke sat op.")
        case _:
            return _password_words(refused)


def role_words() -> list[tuple[str, str, str]]:
    """Return each role with its name and what it lets one do."""
    return [
        (REVIEWER, _("It-medarbejder"), _("Bekræfter svar og ser, hvad der ikke virkede.")),
        (MODERATOR, _("Moderator"), _("Afgør meldinger, skjuler og retter tekster.")),
        (ADMINISTRATOR, _("Administrator"), _("Passer kolleger, systemer og indstillinger.")),
    ]


def _password_words(refused: Refused) -> str:
    match refused.code:
        case "password_too_short":
            return _("Adgangskoden skal have mindst %(least)s tegn.", least=refused.facts["least"])
        case "password_too_long":
            return _("Adgangskoden må højst have %(most)s tegn.", most=refused.facts["most"])
        case "password_too_common":
            return _("Den adgangskode er for let at gætte. Brug for eksempel fire tilfældige ord.")
        case "password_like_username":
            return _("Adgangskoden ligner dit brugernavn for meget.")
        case "wrong_password":
            return _("Det er ikke din nuværende adgangskode.")
        case _:
            return forms.words(refused)
