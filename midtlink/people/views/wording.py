"""Refusals in the words of a page."""

from flask_babel import gettext as _

from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused


def words_for(refusal: Refused) -> str:
    """Return what to tell about a field that was refused."""
    facts = refusal.facts
    match refusal.code:
        case "blank" | "too_short":
            return _("Skriv noget her.")
        case "too_long":
            return _("Skriv højst %(most)s tegn.", most=facts["most"])
        case "controls":
            return _("Teksten har tegn, som ikke kan ses. Skriv den igen.")
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
        case code:
            return _password_words(code, facts)


def words_for_find(found: PatientDataFound) -> str:
    """Return what to tell about a field that holds a CPR number."""
    return _("Her står noget, der ligner et CPR-nummer. Slet det, før du gemmer.")


def _password_words(code: str, facts: dict[str, object]) -> str:
    match code:
        case "password_too_short":
            return _("Adgangskoden skal have mindst %(least)s tegn.", least=facts["least"])
        case "password_too_long":
            return _("Adgangskoden må højst have %(most)s tegn.", most=facts["most"])
        case "password_too_common":
            return _("Den adgangskode er for let at gætte. Brug for eksempel fire tilfældige ord.")
        case "password_like_username":
            return _("Adgangskoden ligner dit brugernavn for meget.")
        case "wrong_password":
            return _("Det er ikke din nuværende adgangskode.")
        case _other:
            return _("Det kan ikke gemmes sådan.")
