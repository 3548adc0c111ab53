"""What rules and refusals are called on a page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from midtlink.questions.records import DANGEROUS, OUTDATED, PATIENT_DATA, WRONG
from midtlink.refusals import Refused

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


def words(refused: Refused) -> str:
    """Say in words why a field was refused."""
    facts = refused.facts
    match refused.code:
        case "blank" | "missing":
            return _blank_words(refused.field)
        case "too_short":
            return _("Skriv mindst %(least)s tegn.", least=facts["least"])
        case "too_long":
            return _("Der er for meget tekst. Der er plads til %(most)s tegn.", most=facts["most"])
        case "too_many":
            return _("Der er for mange. Der er plads til %(most)s.", most=facts.get("most", ""))
        case "controls":
            return _("Teksten har usynlige tegn, som ikke kan gemmes. Skriv den med tastaturet.")
        case "too_complex":
            return _("Teksten har for mange lag, links eller dele. Gør den enklere.")
        case "bad_tag":
            return _("“%(name)s” kan ikke være et emneord. Brug bogstaver og tal.", **facts)
        case "tag_too_long":
            return _("Emneordet er for langt. Der er plads til %(most)s tegn.", most=facts["most"])
        case "unknown" | "itself" if refused.field == "of":
            return _("Skriv adressen eller nummeret på et andet spørgsmål.")
        case "unchanged":
            return _("Du har ikke ændret noget endnu.")
        case _:
            return _("Det kan ikke bruges her. Ret det, og prøv igen.")


def _blank_words(name: str) -> str:
    match name:
        case "title":
            return _("Skriv, hvad du vil vide.")
        case "reason":
            return _("Vælg en grund.")
        case "note" | "because":
            return _("Skriv kort hvorfor.")
        case _:
            return _("Skriv en tekst først.")
