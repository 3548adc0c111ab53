"""The journal's acts and facts in the words of a page."""

from typing import Any

from flask_babel import lazy_gettext

from midtlink.audit.views.values import value_words

WORDS = {
    "SignedIn": lazy_gettext("loggede ind"),
    "SignedOut": lazy_gettext("blev logget ud"),
    "SignInLimitReached": lazy_gettext("for mange forkerte adgangskoder"),
    "PersonAdded": lazy_gettext("oprettede en kollega"),
    "PersonChanged": lazy_gettext("rettede en kollegas oplysninger"),
    "PersonGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "PersonActivated": lazy_gettext("gjorde en kollega aktiv"),
    "PersonDeactivated": lazy_gettext("gjorde en kollega inaktiv"),
    "RoleGranted": lazy_gettext("gav en rolle"),
    "RoleRevoked": lazy_gettext("fjernede en rolle"),
    "PasswordSet": lazy_gettext("fik ny adgangskode"),
    "PasswordLinkAsked": lazy_gettext("bad om at få sendt et link til ny adgangskode"),
    "MailsRetried": lazy_gettext("lod mails blive prøvet igen"),
    "PasswordLinkMade": lazy_gettext("lavede et link til ny adgangskode"),
    "DepartmentSaved": lazy_gettext("gemte en afdeling"),
    "SiteSaved": lazy_gettext("gemte en matrikel"),
    "DepartmentGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SiteGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "StaffImported": lazy_gettext("læste en personaleliste ind"),
    "ProfileChanged": lazy_gettext("rettede sin profil"),
    "ShowingChosen": lazy_gettext("valgte, hvem der ser ens point"),
    "ProfileGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SettingChanged": lazy_gettext("ændrede en indstilling"),
    "SettingGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "PersonFollowed": lazy_gettext("følger en kollega"),
    "PersonUnfollowed": lazy_gettext("følger ikke længere en kollega"),
    "DepartmentFollowed": lazy_gettext("følger en afdeling"),
    "DepartmentUnfollowed": lazy_gettext("følger ikke længere en afdeling"),
    "SystemAdded": lazy_gettext("oprettede et system"),
    "SystemChanged": lazy_gettext("rettede et system"),
    "SystemGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SystemStatusSet": lazy_gettext("satte et systems driftsstatus"),
    "SystemFollowed": lazy_gettext("følger et system"),
    "SystemUnfollowed": lazy_gettext("følger ikke længere et system"),
    "TagMade": lazy_gettext("lavede et emneord"),
    "TagRemoved": lazy_gettext("fjernede et emneord for altid"),
    "TagDescribed": lazy_gettext("beskrev et emneord"),
    "TagGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "SynonymAdded": lazy_gettext("tilføjede et synonym"),
    "SynonymRemoved": lazy_gettext("fjernede et synonym"),
    "TagsMerged": lazy_gettext("lagde to emneord sammen"),
    "TagFollowed": lazy_gettext("følger et emneord"),
    "TagUnfollowed": lazy_gettext("følger ikke længere et emneord"),
    "SuperUserAppointed": lazy_gettext("udpegede en superbruger"),
    "AppointmentEnded": lazy_gettext("afsluttede en udpegning som superbruger"),
    "DutyBegun": lazy_gettext("gik på vagt som superbruger"),
    "DutyEnded": lazy_gettext("gik af vagt som superbruger"),
    "ThanksGiven": lazy_gettext("sagde tak for et svar"),
    "ThanksWithdrawn": lazy_gettext("trak en tak tilbage"),
    "ThanksRestored": lazy_gettext("gav en tak igen, der var trukket tilbage"),
    "ThanksGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "QuestionAsked": lazy_gettext("stillede et spørgsmål"),
    "AnswerGiven": lazy_gettext("skrev et svar"),
    "CommentMade": lazy_gettext("skrev en kommentar"),
    "PeopleMentioned": lazy_gettext("nævnte kolleger"),
    "PostEdited": lazy_gettext("rettede en tekst"),
    "EditSuggested": lazy_gettext("foreslog en rettelse"),
    "SuggestionDecided": lazy_gettext("afgjorde et forslag"),
    "AnswerAccepted": lazy_gettext("valgte et svar"),
    "AcceptanceEnded": lazy_gettext("fravalgte et svar igen"),
    "AnswerConfirmed": lazy_gettext("bekræftede et svar"),
    "ConfirmationWithdrawn": lazy_gettext("trak en bekræftelse tilbage"),
    "QuestionClosed": lazy_gettext("lukkede et spørgsmål"),
    "QuestionReopened": lazy_gettext("åbnede et spørgsmål igen"),
    "PostDeleted": lazy_gettext("slettede en tekst"),
    "PostUndeleted": lazy_gettext("fortrød en sletning"),
    "PostHidden": lazy_gettext("skjulte en tekst"),
    "HidingChanged": lazy_gettext("ændrede, hvem der ser en skjult tekst"),
    "PostRestored": lazy_gettext("viste en skjult tekst igen"),
    "PostRedacted": lazy_gettext("fjernede en tekst for altid"),
    "FlagRaised": lazy_gettext("meldte en tekst"),
    "FlagDecided": lazy_gettext("afgjorde en melding"),
    "QuestionFollowed": lazy_gettext("følger et spørgsmål"),
    "ThreadMuted": lazy_gettext("vil ikke høre mere om en tråd"),
    "ThreadUnmuted": lazy_gettext("hører igen om en tråd"),
    "FeedKeyMade": lazy_gettext("lavede en nøgle til sine feeds"),
    "FeedKeyEnded": lazy_gettext("afsluttede nøglen til sine feeds"),
    "NoticesChosen": lazy_gettext("valgte, hvad der skal komme som mail"),
    "QuestionUnfollowed": lazy_gettext("følger ikke længere et spørgsmål"),
    "GuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "QuestionSpared": lazy_gettext("nogen fandt svaret og behøvede ikke at spørge"),
    "SparingTakenBack": lazy_gettext("nogen spurgte alligevel"),
    "SearchSaved": lazy_gettext("gemte en søgning"),
    "SavedSearchWatched": lazy_gettext("valgte, om en søgning skal give besked"),
    "SavedSearchDropped": lazy_gettext("slettede en gemt søgning"),
    "SavedSearchMatched": lazy_gettext("en gemt søgning fandt noget nyt"),
    "SearchSynonymsAdded": lazy_gettext("tilføjede synonymer til søgningen"),
    "SearchSynonymsChanged": lazy_gettext("rettede synonymer i søgningen"),
    "SearchSynonymsDeleted": lazy_gettext("slettede synonymer fra søgningen"),
    "SearchSynonymsRestored": lazy_gettext("fortrød at slette synonymer"),
    "SearchSynonymsGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "UnfoundSettled": lazy_gettext("tog sig af en søgning, der ikke fandt noget"),
    "UnfoundReopened": lazy_gettext("åbnede igen en søgning, der ikke fandt noget"),
    "VotesSuspected": lazy_gettext("nogle stemmer lignede en aftale"),
    "VotesReversed": lazy_gettext("tog point for stemmer tilbage"),
    "SuspicionDismissed": lazy_gettext("fandt nogle stemmer i orden"),
    "SuspicionGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "Imported": lazy_gettext("importerede tekster"),
    "ImportDropped": lazy_gettext("fjernede importerede tekster, som kilden ikke har længere"),
    "PeopleDropped": lazy_gettext("fjernede importerede personer, som kilden ikke har længere"),
    "BadgesAwarded": lazy_gettext("gav badges"),
    "BadgesLost": lazy_gettext("fjernede badges, der ikke længere passer"),
    "BadgeRevoked": lazy_gettext("fjernede en kollegas badge"),
    "BadgeGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "OwnAwardSaved": lazy_gettext("gemte en pris"),
    "OwnAwardGiven": lazy_gettext("gav en kollega en pris"),
    "OwnAwardWithdrawn": lazy_gettext("trak en kollegas pris tilbage"),
    "OwnAwardGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
    "HookSaved": lazy_gettext("gemte en webhook"),
    "HookSecretRenewed": lazy_gettext("gav en webhook en ny hemmelighed"),
    "HookTried": lazy_gettext("sendte en prøve til en webhook"),
    "DeliveryRepeated": lazy_gettext("sendte en besked til en webhook igen"),
    "HookSwitchedOff": lazy_gettext("en webhook, der kun fejlede, blev slået fra"),
    "HookDropped": lazy_gettext("slettede en webhook"),
    "HookGuardOverruled": lazy_gettext("sagde, at et tal ikke er et CPR-nummer"),
}

#: What a fact says, around its value.
FACTS = {
    "person": lazy_gettext("person nr. %(value)s"),
    "sign_in": lazy_gettext("login nr. %(value)s"),
    "role": lazy_gettext("rollen %(value)s"),
    "department": lazy_gettext("afdeling nr. %(value)s"),
    "site": lazy_gettext("matrikel nr. %(value)s"),
    "added": lazy_gettext("%(value)s nye"),
    "changed": lazy_gettext("%(value)s ændrede"),
    "unchanged": lazy_gettext("%(value)s uændrede"),
    "deactivated": lazy_gettext("%(value)s ikke længere aktive"),
    "refused": lazy_gettext("%(value)s afviste"),
    "key": lazy_gettext("indstillingen “%(value)s”"),
    "count": lazy_gettext("%(value)s i alt"),
    "field": lazy_gettext("i feltet %(value)s"),
    "question": lazy_gettext("spørgsmål nr. %(value)s"),
    "post": lazy_gettext("tekst nr. %(value)s"),
    "post_ids": lazy_gettext("%(value)s i alt"),
    "person_ids": lazy_gettext("%(value)s i alt"),
    "mention_ids": lazy_gettext("%(value)s i alt"),
    "award_ids": lazy_gettext("%(value)s i alt"),
    "award": lazy_gettext("badge nr. %(value)s"),
    "own_award": lazy_gettext("pris nr. %(value)s"),
    "grant": lazy_gettext("tildeling nr. %(value)s"),
    "origin": lazy_gettext("fra %(value)s"),
    "reason": lazy_gettext("grund: %(value)s"),
    "because": lazy_gettext("grund: %(value)s"),
    "kind": lazy_gettext("“%(value)s”"),
    "system": lazy_gettext("system nr. %(value)s"),
    "tag": lazy_gettext("emneord nr. %(value)s"),
    "synonym": lazy_gettext("synonym nr. %(value)s"),
    "synonyms": lazy_gettext("synonymer nr. %(value)s"),
    "saved_search": lazy_gettext("søgning nr. %(value)s"),
    "unfound": lazy_gettext("søgning nr. %(value)s"),
    "settlement": lazy_gettext("klaret med %(value)s"),
    "suspicion": lazy_gettext("stemmemønster nr. %(value)s"),
    "hook": lazy_gettext("webhook nr. %(value)s"),
    "delivery": lazy_gettext("besked nr. %(value)s"),
    "merged": lazy_gettext("lagt sammen med emneord nr. %(value)s"),
    "thanks": lazy_gettext("tak nr. %(value)s"),
    "flag": lazy_gettext("melding nr. %(value)s"),
    "suggestion": lazy_gettext("forslag nr. %(value)s"),
    "reaction": lazy_gettext("reaktion nr. %(value)s"),
    "acceptance": lazy_gettext("valg nr. %(value)s"),
    "confirmation": lazy_gettext("bekræftelse nr. %(value)s"),
    "appointment": lazy_gettext("udpegning nr. %(value)s"),
    "closure": lazy_gettext("lukning nr. %(value)s"),
    "revision_number": lazy_gettext("udgave %(value)s"),
    "duplicate_of": lazy_gettext("samme som spørgsmål nr. %(value)s"),
}
#: What a fact says that is so, and one that is not.
TRUTHS = {
    "is_own_computer": (lazy_gettext("på egen computer"), lazy_gettext("på fælles computer")),
    "is_accepted": (lazy_gettext("det blev godkendt"), lazy_gettext("det blev afvist")),
    "is_upheld": (lazy_gettext("den fik medhold"), lazy_gettext("den fik ikke medhold")),
    "is_watched": (lazy_gettext("den giver besked"), lazy_gettext("den giver ikke besked")),
    "is_running": (lazy_gettext("det virker"), lazy_gettext("det virker ikke")),
}


def act_words(act: str) -> str:
    """Return an act as a page words it; one without words keeps its name."""
    return str(WORDS.get(act, act))


def fact_words(facts: dict[str, Any], names: dict[int, str]) -> list[str]:
    """Return an entry's facts as short texts, a person by name; long lists by their length."""
    told = {name: value for name, value in facts.items() if value is not None}
    if told.get("post_id") == told.get("question_id"):
        told.pop("post_id", None)  # The text is the question, which is told already.
    return [_fact(name, value, names) for name, value in told.items()]


def _fact(name: str, value: Any, names: dict[int, str]) -> str:
    if name == "person_id" and value in names:
        return names[value]
    if name in TRUTHS:
        return str(TRUTHS[name][not value])
    if isinstance(value, list):
        value = len(value)
    short = name.removesuffix("_id")
    words = str(FACTS.get(short, f"{short} %(value)s"))
    return words % {"value": value_words(name, value)}
