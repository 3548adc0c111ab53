"""The badges' names, and in one sentence what each is for."""

from typing import Any, NamedTuple

from flask_babel import lazy_gettext

from midtlink.reputation.badges.rules import ASKING, CARING, CROSSING, HELPING


class Words(NamedTuple):
    """What a badge is called and what it is for."""

    name: Any
    about: Any


GROUP_WORDS = {
    HELPING: lazy_gettext("Hjælp"),
    CROSSING: lazy_gettext("På tværs af hospitalet"),
    ASKING: lazy_gettext("Gode spørgsmål og tak"),
    CARING: lazy_gettext("Orden og omhu"),
}
BADGE_WORDS = {
    "first_answer": Words(
        lazy_gettext("Første svar"), lazy_gettext("Når du svarer en kollega for første gang.")
    ),
    "first_chosen": Words(
        lazy_gettext("Første valgte svar"), lazy_gettext("Når en kollega vælger dit svar.")
    ),
    "solver": Words(
        lazy_gettext("Problemløser"),
        lazy_gettext("Når dit svar løser et spørgsmål: det bliver valgt eller bekræftet af IT."),
    ),
    "helpful": Words(
        lazy_gettext("Hjælpsom"), lazy_gettext("Når kolleger siger “Det hjalp mig” om dine svar.")
    ),
    "favourite": Words(
        lazy_gettext("Guldkorn"), lazy_gettext("Når et af dine svar hjælper mange kolleger.")
    ),
    "confirmed_by_it": Words(
        lazy_gettext("Bekræftet af IT"), lazy_gettext("Når IT bekræfter dit svar.")
    ),
    "quick_help": Words(
        lazy_gettext("Hurtig hjælp"),
        lazy_gettext("Når dit svar kommer inden for et kvarter og bliver valgt."),
    ),
    "night_watch": Words(
        lazy_gettext("Nattevagt"),
        lazy_gettext("Når du svarer mellem klokken 23 og 6, og svaret hjælper."),
    ),
    "reviver": Words(
        lazy_gettext("Genopliver"),
        lazy_gettext("Når dit svar hjælper med et spørgsmål, ingen har svaret på i 30 dage."),
    ),
    "welcome": Words(
        lazy_gettext("Begynderhjælp"),
        lazy_gettext("Når du som den første hjælper en kollega med kollegaens første spørgsmål."),
    ),
    "thanked": Words(lazy_gettext("Tak"), lazy_gettext("Når en kollega takker dig for dit svar.")),
    "bridge_builder": Words(
        lazy_gettext("Brobygger"),
        lazy_gettext(
            "Når kolleger fra andre afdelinger vælger dit svar. Hver afdeling tæller én gang."
        ),
    ),
    "site_hopper": Words(
        lazy_gettext("Matrikelspringer"),
        lazy_gettext(
            "Når kolleger på andre matrikler vælger dit svar. Hver matrikel tæller én gang."
        ),
    ),
    "interprofessional": Words(
        lazy_gettext("Tværfaglig"),
        lazy_gettext(
            "Når kolleger med en anden faggruppe vælger dit svar. Hver faggruppe tæller én gang."
        ),
    ),
    "all_round": Words(
        lazy_gettext("Alsidig"), lazy_gettext("Når dine svar bliver valgt i flere systemer.")
    ),
    "first_question": Words(
        lazy_gettext("Første spørgsmål"),
        lazy_gettext("Når du stiller dit første spørgsmål. Svaret hjælper også andre."),
    ),
    "good_question": Words(
        lazy_gettext("Godt spørgsmål"),
        lazy_gettext("Når kolleger siger “Godt spørgsmål” om et af dine spørgsmål."),
    ),
    "same_problem": Words(
        lazy_gettext("Samme problem"),
        lazy_gettext("Når mange kolleger har samme problem som det, du spørger om."),
    ),
    "chooser": Words(
        lazy_gettext("Vælger"),
        lazy_gettext("Når du vælger et svar på dit spørgsmål, så andre kan se, hvad der virkede."),
    ),
    "thankful": Words(
        lazy_gettext("Takker"), lazy_gettext("Når du takker en kollega for et svar.")
    ),
    "editor": Words(
        lazy_gettext("Redaktør"), lazy_gettext("Når dit forslag til en rettelse bliver brugt.")
    ),
    "updater": Words(
        lazy_gettext("Opdateret"),
        lazy_gettext("Når du retter et gammelt svar, så det passer i dag."),
    ),
    "tidier": Words(
        lazy_gettext("Rydder op"),
        lazy_gettext(
            "Når du lukker et spørgsmål, fordi der er spurgt før, og viser vej til svaret."
        ),
    ),
    "watchdog": Words(
        lazy_gettext("Vagthund"),
        lazy_gettext("Når du melder noget, der er galt, og en moderator er enig."),
    ),
    "shield": Words(
        lazy_gettext("Passer på patienter"),
        lazy_gettext("Når du melder patientdata, så de kan blive fjernet."),
    ),
    "super_user": Words(
        lazy_gettext("Superbruger"), lazy_gettext("Når du er udpeget som superbruger.")
    ),
}
