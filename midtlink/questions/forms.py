"""Forms of threads: why they were refused, and what their choices are called."""

from collections.abc import Callable
from typing import TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from midtlink import forms
from midtlink.forms import Errors, Found, Place, Typed, flash_undo, is_wanted, read_form
from midtlink.questions.records import DANGEROUS, OUTDATED, PATIENT_DATA, WRONG
from midtlink.refusals import Refused

__all__ = [
    "Errors", "Found", "Place", "Typed", "attempt", "flash_undo", "is_wanted", "read_form", "words",
]  # fmt: skip
Result = TypeVar("Result")
#: What the verbs call by another name than the forms.
FIELDS = forms.FIELDS | {"name": "tags", "of": "duplicate_of"}
#: What a colleague may say is wrong with a post.
FLAG_WORDS = {
    WRONG: lazy_gettext("Forkert"),
    OUTDATED: lazy_gettext("Forældet"),
    DANGEROUS: lazy_gettext("Farligt"),
    PATIENT_DATA: lazy_gettext("Patientdata"),
}
HIDDEN_WORDS = {
    WRONG: lazy_gettext("Meldt som forkert."),
    OUTDATED: lazy_gettext("Meldt som forældet."),
    DANGEROUS: lazy_gettext("Meldt som farligt."),
    PATIENT_DATA: lazy_gettext("Meldt som patientdata."),
}
HIDDEN_BY_MODERATOR = lazy_gettext("Skjult af en moderator.")
#: Why a question is closed.
CLOSING_WORDS = {
    "duplicate": lazy_gettext("Der er spurgt om det samme før"),
    "solved_elsewhere": lazy_gettext("Det er løst et andet sted"),
    "outdated": lazy_gettext("Det er forældet"),
    "off_topic": lazy_gettext("Det hører ikke til her"),
    "unclear": lazy_gettext("Det er uklart, hvad der spørges om"),
}


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, as every form does, in the words of threads."""
    return forms.attempt(typed, work, words=words, fields=FIELDS)


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    facts = refused.facts
    match refused.code:
        case "blank" | "missing":
            return _blank_words(refused)
        case "several_tags":
            return _("Skriv komma mellem emneordene.")
        case "too_many_tags":
            return _("Skriv højst %(most)s emneord.", most=facts["most"])
        case "tag_too_long":
            return _("Emneordet er for langt. Der er plads til %(most)s tegn.", most=facts["most"])
        case "new_tag":
            return _("“%(name)s” er ikke et emneord endnu. Vælg et af dem, der er.", **facts)
        case "unknown" | "itself" if refused.field == "of":
            return _("Skriv adressen eller nummeret på et andet spørgsmål.")
        case "unchanged":
            return _("Du har ikke ændret noget endnu.")
        case _:
            return forms.words(refused)


def _blank_words(refused: Refused) -> str:
    match refused.field:
        case "title":
            return _("Skriv, hvad du vil vide.")
        case "reason":
            return _("Vælg en grund.")
        case "note" | "because":
            return _("Skriv kort hvorfor.")
        case _:
            return forms.words(refused)


def no_votes_words() -> str:
    """Say why a vote was not counted."""
    return _("Stemmen blev ikke talt med: du har brugt dagens stemmer. I morgen får du nye.")


def votes_left_words(left: int | None) -> str:
    """Say how many votes are left today when they are few; nothing for None."""
    if left is None:
        return ""
    if left == 0:
        return _("Du har brugt dagens stemmer. I morgen får du nye.")
    return ngettext(
        "Du har %(num)s stemme tilbage i dag.", "Du har %(num)s stemmer tilbage i dag.", left
    )
