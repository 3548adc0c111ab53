"""Why something about badges and awards was refused, in words."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from midtlink import forms
from midtlink.forms import Typed
from midtlink.refusals import Refused

Result = TypeVar("Result")


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, as every form does, in the words of badges and awards."""
    return forms.attempt(typed, work, words=words)


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    match refused.code:
        case "not_held":
            return _("Kollegaen har ikke badget, eller du kan ikke se det.")
        case "unknown_person":
            return _("Der er ingen kollega med det brugernavn.")
        case "taken":
            return _("Der er allerede en pris med det navn.")
        case "too_many_awards":
            return _("Der er plads til %(most)s priser i brug. Tag en ud af brug først.",
                     most=refused.facts["most"])  # fmt: skip
        case "out_of_use":
            return _("Prisen er ikke i brug. Tag den i brug først.")
        case "blank" if refused.field == "name":
            return _("Skriv, hvad prisen hedder.")
        case "blank" if refused.field == "reason":
            return _("Skriv, hvad kollegaen får prisen for.")
        case "blank" if refused.field == "because":
            return _("Skriv, hvorfor badget bliver fjernet.")
        case _:
            return forms.words(refused)
