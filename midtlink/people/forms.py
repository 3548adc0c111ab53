"""What was typed about people, and in words why it was refused."""

from collections.abc import Callable
from typing import TypeVar

from flask import request
from flask_babel import gettext as _

from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.questions import forms
from midtlink.questions.forms import Errors, Typed, read_form
from midtlink.refusals import BadInput, Refused

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
#: Where a form's field is called otherwise than a verb's.
FIELDS = {"about": "body"}


class _Told(Exception):
    """A refusal on its way to the field that it is about."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.code)
        self.refused = refused


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write. None when it was refused: the form then says why beside the field."""

    def told() -> Result:
        try:
            return work()
        except Refused as refused:
            raise _Told(refused) from refused

    try:
        return forms.attempt(typed, told)
    except _Told as told_:
        name = FIELDS.get(told_.refused.field, told_.refused.field)
        typed.errors[name if name in typed.values else ""] = words(told_.refused)
        return None


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
        case _:
            return _password_words(refused)


def role_words() -> list[tuple[str, str, str]]:
    """Return each role with its name and what it lets one do."""
    return [
        (REVIEWER, _("It-medarbejder"), _("Bekræfter svar og ser, hvad der ikke virkede.")),
        (MODERATOR, _("Moderator"), _("Afgør meldinger, skjuler og retter tekster.")),
        (ADMINISTRATOR, _("Administrator"), _("Passer kolleger, systemer og indstillinger.")),
    ]


def is_wanted() -> bool:
    """Return the state that the form wants: on or off, never "the other one"."""
    wanted = request.form.get("wanted")
    if wanted not in ("on", "off"):
        raise BadInput("wanted")
    return wanted == "on"


def is_ticked(name: str) -> bool:
    """Say whether a box was ticked; a browser leaves an empty one out."""
    value = request.form.get(name)
    if value not in (None, "on"):
        raise BadInput(name)
    return value == "on"


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
