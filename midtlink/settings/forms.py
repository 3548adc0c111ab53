"""The settings in the words of a page."""

from collections import defaultdict

from flask_babel import gettext as _
from flask_babel import lazy_gettext

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
    "votes_per_day": lazy_gettext("Stemmer, man har på en dag"),
    "mail_shows_titles": lazy_gettext("Vis spørgsmålenes titler i mails"),
    "points_are_on": lazy_gettext(
        "Brug point, og vis badges for hjælp, hvem man har hjulpet, og hjælperne"
    ),
    "vote_patterns_days": lazy_gettext("Dage tilbage, der ses efter stemmer, som ligner en aftale"),
    "privilege_preset": lazy_gettext("Hvad der skal til for at måtte mere"),
    "points_helped": lazy_gettext("“Det hjalp mig”"),
    "points_helped_same": lazy_gettext("“Det hjalp mig” fra en, der har samme problem"),
    "points_good": lazy_gettext("“Godt spørgsmål”"),
    "points_accepted": lazy_gettext("Svaret blev valgt"),
    "points_accepting": lazy_gettext("Man valgte et svar på sit spørgsmål"),
    "points_confirmed": lazy_gettext("IT bekræftede svaret"),
    "points_edit": lazy_gettext("Ens forslag til en rettelse blev brugt"),
    "points_wrong": lazy_gettext("Teksten var forkert, sagde en moderator (trækkes fra)"),
    "points_bridge": lazy_gettext("Det første valgte svar til en ny afdeling"),
    "points_daily_cap": lazy_gettext("Point, stemmer højst kan give en person på en dag"),
}
#: What each choice of a setting is called.
CHOICES = {
    "privilege_preset": {
        "open": lazy_gettext("Åbent: alle må næsten alt"),
        "hospital": lazy_gettext("Hospital: lidt erfaring til at rette andres tekster"),
        "strict": lazy_gettext("Stramt: point til det meste"),
    },
}
#: What a setting does, where its name does not say it.
HINTS = defaultdict(
    str,
    {
        "mail_shows_titles": lazy_gettext(
            "Mails forlader huset. Uden titler står der kun, hvad der er sket, og et link."
        ),
        "points_are_on": lazy_gettext(
            "Er det slået fra, ser ingen point eller de badges, point har givet,"
            " og alle må det, som kræver point."
        ),
        "privilege_preset": lazy_gettext(
            "Siden “Point, badges og hvad man må” viser, hvad det giver."
        ),
        "points_helped": lazy_gettext(
            "Nye tal gælder fra nu af. De point, folk har fået, bliver stående."
        ),
    },
)
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
        (
            "accept_for_absent_days",
            "posts_per_minute",
            "posts_per_day",
            "votes_per_day",
            "drafts_kept_days",
        ),
    ),
    (lazy_gettext("Mails"), ("mail_shows_titles",)),
    (lazy_gettext("Point"), ("points_are_on", "privilege_preset", "vote_patterns_days")),
    (
        lazy_gettext("Hvad point gives for"),
        (
            "points_helped",
            "points_helped_same",
            "points_good",
            "points_accepted",
            "points_accepting",
            "points_confirmed",
            "points_edit",
            "points_wrong",
            "points_bridge",
            "points_daily_cap",
        ),
    ),
)


def label(key: str) -> str:
    """Return what a setting is called on the page."""
    return str(LABELS[key])


def error_words(definition: Definition) -> str:
    """Say what a setting must be like."""
    if definition.choices or isinstance(definition.default, bool):
        return _("Vælg en af mulighederne.")
    if isinstance(definition.default, int):
        return _(
            "Skriv et helt tal fra %(least)s til %(most)s.",
            least=definition.least,
            most=definition.most,
        )
    if definition.key.startswith("accent_"):
        return _("Skriv en farve som #00577d, der kan læses på sin baggrund (mindst 4,5 til 1).")
    return _("Skriv en tekst på højst %(most)s tegn.", most=definition.longest)
