"""What was typed about synonyms, and in words why it was refused; what a form settles."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask_babel import gettext as _

from midtlink import forms
from midtlink.access import NotFound, current_person
from midtlink.forms import Typed
from midtlink.refusals import Refused
from midtlink.search.models import Unfound
from midtlink.search.settling import get_unfound
from midtlink.texts import isolated

Result = TypeVar("Result")


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, as every form does; `held` of the form then says that a choice is needed."""

    def words_and_choice(refused: Refused) -> str:
        typed.values["held"] = "yes" if refused.code == "held" else ""
        return words(refused)

    return forms.attempt(typed, work, words=words_and_choice)


def read_sought(values: Mapping[str, str]) -> Unfound | None:
    """Return the words that were not found, which an address or a form names in `soegt`.

    None without one, and for those who may not see it: then nothing is settled.
    """
    typed = values.get("soegt", "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        return None
    try:
        return get_unfound(int(typed), seen_by=current_person())
    except NotFound:
        return None


def words(refused: Refused) -> str:
    """Say in words why a group was refused."""
    facts = refused.facts
    match refused.code:
        case "too_few":
            return _("Skriv mindst to ord med komma imellem.")
        case "no_letters":
            return _("Hvert ord skal have mindst et bogstav eller et tal.")
        case "too_many":
            return _("Skriv højst %(most)s ord i en gruppe.", most=facts["most"])
        case "too_many_groups":
            return _("Der er plads til %(most)s grupper. Slet en, der ikke bruges.", **facts)
        case "held":
            return _(
                "“%(word)s” står allerede i gruppen “%(words)s”.",
                word=isolated(str(facts["word"])),
                words=isolated(str(facts["words"])),
            )
        case _:
            return forms.words(refused)
