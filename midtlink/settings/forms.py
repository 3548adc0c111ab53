"""The settings in the words of a page."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from midtlink.privacy import find_cpr_numbers
from midtlink.settings.definitions import Definition

LABELS = {
    "hospital_name": lazy_gettext("Hospitalets navn"),
    "it_phone": lazy_gettext("IT's telefon, når det haster"),
    "accent_light": lazy_gettext("Farve på lys baggrund"),
    "accent_dark": lazy_gettext("Farve på mørk baggrund"),
    "idle_minutes_shared": lazy_gettext("Minutter uden brug, før en fælles computer logger ud"),
    "idle_minutes_own": lazy_gettext("Minutter uden brug, før en egen computer logger ud"),
    "sign_in_hours": lazy_gettext("Timer, man højst er logget ind"),
    "failed_sign_ins": lazy_gettext("Forkerte adgangskoder, før man skal vente"),
    "failed_sign_in_minutes": lazy_gettext("Minutter, man så skal vente"),
    "password_link_hours": lazy_gettext("Timer, et link til ny adgangskode virker"),
    "shortest_password": lazy_gettext("Tegn, en adgangskode mindst skal have"),
    "accept_for_absent_days": lazy_gettext("Dage, før IT må vælge svar for en, der er væk"),
    "posts_per_minute": lazy_gettext("Tekster, man højst kan sende på et minut"),
    "posts_per_day": lazy_gettext("Tekster, man højst kan sende på en dag"),
    "drafts_kept_days": lazy_gettext("Dage, en kladde bliver gemt"),
}
GROUPS = (
    (lazy_gettext("Hospitalet"), ("hospital_name", "it_phone", "accent_light", "accent_dark")),
    (
        lazy_gettext("Log ind"),
        (
            "idle_minutes_shared",
            "idle_minutes_own",
            "sign_in_hours",
            "failed_sign_ins",
            "failed_sign_in_minutes",
            "password_link_hours",
            "shortest_password",
        ),
    ),
    (
        lazy_gettext("Spørgsmål og svar"),
        ("accept_for_absent_days", "posts_per_minute", "posts_per_day", "drafts_kept_days"),
    ),
)


def label(key: str) -> str:
    """Return what a setting is called on the page."""
    return str(LABELS[key])


def error_words(definition: Definition, typed: str) -> str:
    """Say what a setting must be like, and what is wrong with what was typed."""
    if isinstance(definition.default, int):
        return _(
            "Skriv et helt tal fra %(least)s til %(most)s.",
            least=definition.least,
            most=definition.most,
        )
    if definition.key.startswith("accent_"):
        return _("Skriv en farve som #00577d, der kan læses på sin baggrund (mindst 4,5 til 1).")
    if find_cpr_numbers(typed):
        return _("Her står et tal, der ligner et CPR-nummer.")
    return _("Skriv en tekst på højst %(most)s tegn.", most=definition.longest)
