"""What was typed about a system or a tag, and in words why it was refused."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _

from midtlink import forms
from midtlink.forms import Typed, choice, is_ticked, is_wanted, read_form
from midtlink.refusals import Refused
from midtlink.texts import isolated

__all__ = ["Typed", "attempt", "choice", "is_ticked", "is_wanted", "read_form", "words"]

Result = TypeVar("Result")


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, as every form does, in the words of systems and tags."""
    return forms.attempt(typed, work, words=words)


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    match refused.code:
        case "taken" if refused.field == "synonym":
            return _("Ordet %(name)s er allerede et emneord. Læg de to sammen i stedet.",
                     name=isolated(str(refused.facts["name"])))  # fmt: skip
        case "taken":
            return _("Der er allerede et system med det navn.")
        case "several_tags":
            return _("Skriv ét emneord ad gangen, uden komma og semikolon.")
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
        case "blank" if refused.field == "name":
            return _("Skriv, hvad systemet hedder.")
        case "blank" if refused.field == "status_line":
            return _("Skriv kort, hvad der er galt.")
        case _:
            return forms.words(refused)
