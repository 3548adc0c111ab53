"""The journal's acts and facts in the words of a page."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from midtlink.audit.views.values import value_words

WORDS = {
    "SignedIn": lazy_gettext("loggede ind"),
    "SignedOut": lazy_gettext("blev logget ud"),
    "SignInLimitReached": lazy_gettext("for mange forkerte adgangskoder"),
    "PersonAdded": lazy_gettext("oprettede en kollega"),
    "PersonChanged": lazy_gettext("rettede en kollegas oplysninger"),
    "PersonActivated": lazy_gettext("gjorde en kollega aktiv"),
    "PersonDeactivated": lazy_gettext("gjorde en kollega inaktiv"),
    "RoleGranted": lazy_gettext("gav en rolle"),
    "RoleRevoked": lazy_gettext("fjernede en rolle"),
    "PasswordSet": lazy_gettext("fik ny adgangskode"),
    "PasswordLinkMade": lazy_gettext("lavede et link til ny adgangskode"),
    "DepartmentSaved": lazy_gettext("gemte en afdeling"),
    "SiteSaved": lazy_gettext("gemte en matrikel"),
    "StaffImported": lazy_gettext("læste en personaleliste ind"),
    "ProfileChanged": lazy_gettext("rettede sin profil"),
    "ProfileGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SettingChanged": lazy_gettext("ændrede en indstilling"),
    "SystemAdded": lazy_gettext("oprettede et system"),
    "SystemChanged": lazy_gettext("rettede et system"),
    "SystemStatusSet": lazy_gettext("satte et systems driftsstatus"),
    "SystemFollowed": lazy_gettext("følger et system"),
    "SystemUnfollowed": lazy_gettext("følger ikke længere et system"),
    "TagMade": lazy_gettext("lavede et emneord"),
    "TagDescribed": lazy_gettext("beskrev et emneord"),
    "TagGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SynonymAdded": lazy_gettext("tilføjede et synonym"),
    "SynonymRemoved": lazy_gettext("fjernede et synonym"),
    "TagsMerged": lazy_gettext("lagde to emneord sammen"),
    "TagFollowed": lazy_gettext("følger et emneord"),
    "TagUnfollowed": lazy_gettext("følger ikke længere et emneord"),
    "SuperUserAppointed": lazy_gettext("udpegede en superbruger"),
    "AppointmentEnded": lazy_gettext("afsluttede en udpegning som superbruger"),
    "QuestionAsked": lazy_gettext("stillede et spørgsmål"),
    "AnswerGiven": lazy_gettext("skrev et svar"),
    "CommentMade": lazy_gettext("skrev en kommentar"),
    "PostEdited": lazy_gettext("rettede en tekst"),
    "EditSuggested": lazy_gettext("foreslog en rettelse"),
    "SuggestionDecided": lazy_gettext("afgjorde et forslag"),
    "ReactionSet": lazy_gettext("reagerede på en tekst"),
    "ReactionWithdrawn": lazy_gettext("trak en reaktion tilbage"),
    "AnswerAccepted": lazy_gettext("valgte et svar"),
    "AcceptanceEnded": lazy_gettext("fravalgte et svar igen"),
    "AnswerConfirmed": lazy_gettext("bekræftede et svar"),
    "ConfirmationWithdrawn": lazy_gettext("trak en bekræftelse tilbage"),
    "QuestionClosed": lazy_gettext("lukkede et spørgsmål"),
    "QuestionReopened": lazy_gettext("åbnede et spørgsmål igen"),
    "PostDeleted": lazy_gettext("slettede en tekst"),
    "PostUndeleted": lazy_gettext("fortrød en sletning"),
    "PostHidden": lazy_gettext("skjulte en tekst"),
    "PostRestored": lazy_gettext("viste en skjult tekst igen"),
    "PostRedacted": lazy_gettext("fjernede en tekst for altid"),
    "FlagRaised": lazy_gettext("meldte en tekst"),
    "FlagDecided": lazy_gettext("afgjorde en melding"),
    "QuestionFollowed": lazy_gettext("følger et spørgsmål"),
    "QuestionUnfollowed": lazy_gettext("følger ikke længere et spørgsmål"),
    "GuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "Imported": lazy_gettext("importerede tekster"),
    "ImportDropped": lazy_gettext("fjernede importerede tekster, som kilden ikke har længere"),
}

FACTS = {
    "person": lazy_gettext("person"),
    "sign_in": lazy_gettext("log ind"),
    "is_own_computer": lazy_gettext("egen computer"),
    "role": lazy_gettext("rolle"),
    "department": lazy_gettext("afdeling"),
    "site": lazy_gettext("matrikel"),
    "added": lazy_gettext("nye"),
    "changed": lazy_gettext("ændrede"),
    "unchanged": lazy_gettext("uændrede"),
    "deactivated": lazy_gettext("ikke længere aktive"),
    "refused": lazy_gettext("afviste"),
    "key": lazy_gettext("indstilling"),
    "count": lazy_gettext("antal"),
    "field": lazy_gettext("felt"),
    "question": lazy_gettext("spørgsmål"),
    "post": lazy_gettext("tekst"),
    "post_ids": lazy_gettext("tekster"),
    "origin": lazy_gettext("fra"),
    "reason": lazy_gettext("grund"),
    "because": lazy_gettext("grund"),
    "kind": lazy_gettext("slags"),
    "system": lazy_gettext("system"),
    "tag": lazy_gettext("emneord"),
    "synonym": lazy_gettext("synonym"),
    "merged": lazy_gettext("det andet emneord"),
    "flag": lazy_gettext("melding"),
    "suggestion": lazy_gettext("forslag"),
    "reaction": lazy_gettext("reaktion"),
    "acceptance": lazy_gettext("valg"),
    "confirmation": lazy_gettext("bekræftelse"),
    "appointment": lazy_gettext("udpegning"),
    "duplicate_of": lazy_gettext("samme som spørgsmål"),
    "is_accepted": lazy_gettext("godkendt"),
    "is_upheld": lazy_gettext("medhold"),
    "is_running": lazy_gettext("virker"),
}


def act_words(act: str) -> str:
    """Return an act as a page words it; one without words keeps its name."""
    return str(WORDS.get(act, act))


def fact_words(facts: dict[str, Any], names: dict[int, str]) -> list[str]:
    """Return an entry's facts as short texts, a person by name; long lists by their length."""
    return [_fact(name, value, names) for name, value in facts.items() if value is not None]


def _fact(name: str, value: Any, names: dict[int, str]) -> str:
    if name == "person_id" and value in names:
        return names[value]
    if isinstance(value, list):
        value = len(value)
    if isinstance(value, bool):
        value = _("ja") if value else _("nej")
    value = value_words(name, value)
    name = name.removesuffix("_id")
    return f"{FACTS.get(name, name)} {value}"
