"""What was typed about a system or a tag, and in words why it was refused."""

from collections.abc import Callable, Container
from typing import TypeVar

from flask import request
from flask_babel import gettext as _

from midtlink.questions import forms
from midtlink.questions.forms import Typed
from midtlink.refusals import BadInput, Refused

Result = TypeVar("Result")


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
        field = {"description": "body"}.get(told_.refused.field, told_.refused.field)
        typed.errors[field if field in typed.values else ""] = words(told_.refused)
        return None


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    match refused.code:
        case "taken" if refused.field == "synonym":
            return _("Ordet %(name)s er allerede et emneord. Læg de to sammen i stedet.",
                     name=refused.facts["name"])  # fmt: skip
        case "taken":
            return _("Der er allerede et system med det navn.")
        case "bad_tag":
            return _("Brug bogstaver og tal. Bindestreg, punktum, plus og # må også være med.")
        case "tag_too_long":
            return _("Et emneord kan højst have %(most)s tegn.", most=refused.facts["most"])
        case "unknown_person":
            return _("Der er ingen kollega med det brugernavn.")
        case "unknown_tag":
            return _("Det emneord findes ikke.")
        case "itself":
            return _("Det er det samme emneord. Skriv et andet.")
        case "of_nothing":
            return _("Vælg et system, en afdeling eller begge dele.")
        case "too_complicated":
            return _("Teksten har for mange lag, links eller dele. Gør den enklere.")
        case "blank" if refused.field == "name":
            return _("Skriv, hvad systemet hedder.")
        case "blank" if refused.field == "status_line":
            return _("Skriv kort, hvad der er galt.")
        case _:
            return forms.words(refused)


def is_wanted() -> bool:
    """Return the state that the form wants: on or off, never "the other one"."""
    return choice("wanted", ("on", "off")) == "on"


def is_ticked(name: str) -> bool:
    """Say whether a box was ticked; a browser leaves an empty one out."""
    return name in request.form and choice(name, ("on",)) == "on"


def choice(name: str, known: Container[str]) -> str:
    """Return a field that can only hold one of a few known values. Raises BadInput."""
    value = request.form.get(name, "")
    if value not in known:
        raise BadInput(name)
    return value
