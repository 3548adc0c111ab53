"""Points and privileges in the words of a page. Who voted is named nowhere."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from midtlink.people import privileges
from midtlink.reputation import models as kinds
from midtlink.reputation import rules
from midtlink.reputation.own_ledger import OwnEntry

#: What a rule gives points for.
RULES = {
    rules.HELPED: lazy_gettext("“Det hjalp mig” fra en kollega"),
    rules.HELPED_SAME: lazy_gettext("“Det hjalp mig” fra en kollega med samme problem"),
    rules.GOOD: lazy_gettext("“Godt spørgsmål” fra en kollega"),
    rules.ACCEPTED: lazy_gettext("Dit svar blev valgt"),
    rules.ACCEPTING: lazy_gettext("Du valgte et svar på dit spørgsmål"),
    rules.CONFIRMED: lazy_gettext("IT bekræftede dit svar"),
    rules.EDIT: lazy_gettext("Dit forslag til en rettelse blev brugt"),
    rules.WRONG: lazy_gettext("En moderator så, at teksten var forkert"),
    rules.BRIDGE: lazy_gettext("Dit første valgte svar til en ny afdeling"),
}
#: What a privilege lets one do.
PRIVILEGES = {
    privileges.VOTE: lazy_gettext("Sige “Det hjalp mig” og “Godt spørgsmål”"),
    privileges.FLAG: lazy_gettext("Melde, at noget er forkert eller forældet"),
    privileges.SUGGEST: lazy_gettext("Foreslå rettelser i det, andre har skrevet"),
    privileges.MAKE_TAGS: lazy_gettext("Lave nye emneord"),
    privileges.EDIT_OTHERS: lazy_gettext("Rette andres spørgsmål og svar uden at spørge først"),
    privileges.REVIEW_QUEUES: lazy_gettext("Sige ja eller nej til forslag til rettelser"),
    privileges.CLOSE_DUPLICATES: lazy_gettext(
        "Lukke et spørgsmål, der er stillet før, i de emner, du kender"
    ),
}
#: Why a grant counts no more when what it was for was taken back, by its rule.
WITHDRAWN = {
    **dict.fromkeys(rules.VOTES, lazy_gettext("Stemmen blev trukket tilbage.")),
    **dict.fromkeys(
        (rules.ACCEPTED, rules.ACCEPTING, rules.BRIDGE),
        lazy_gettext("Valget blev flyttet eller taget tilbage."),
    ),
    rules.CONFIRMED: lazy_gettext("IT trak bekræftelsen tilbage."),
}


def what_words(entry: OwnEntry) -> str:
    """Say what a row of the ledger is about."""
    if entry.kind == kinds.TOLD:
        return _("Din stemme blev tilbageført")
    return str(RULES[entry.rule])


def why_words(entry: OwnEntry) -> str:
    """Say who did it, by their role, or why something counts no more; often nothing."""
    if entry.kind == kinds.GRANT:
        return _granted_words(entry)
    match entry.fact_kind:
        case kinds.REVERSED:
            return _reversed_words(entry)
        case kinds.AWAY:
            return _away_words(entry)
        case kinds.BACK:
            return _("Teksten er vist igen.")
        case kinds.ERASED:
            return _("Teksten er fjernet for altid.")
        case _:
            return str(WITHDRAWN.get(entry.rule, _("Det gælder ikke længere.")))


def _granted_words(entry: OwnEntry) -> str:
    if entry.rule == rules.BRIDGE and entry.department and entry.post is not None:
        return _("Du hjalp %(department)s.", department=entry.department)
    if entry.rule != rules.ACCEPTED or not entry.is_by_somebody:
        return ""
    if entry.is_by_asker:
        return _("Valgt af den, der spurgte.")
    return _("Valgt af IT, fordi den, der spurgte, var væk.")


def _reversed_words(entry: OwnEntry) -> str:
    if entry.reason:
        return _("En moderator tilbageførte stemmen: %(reason)s", reason=entry.reason)
    return _("En moderator tilbageførte stemmen.")


def _away_words(entry: OwnEntry) -> str:
    """A post is deleted by its author alone, and hidden by others or by their own report."""
    is_mine = entry.rule not in (rules.ACCEPTING, rules.EDIT)
    if not is_mine or not entry.is_by_somebody:
        return _("Teksten er slettet eller skjult.")
    is_hidden = entry.post is None or entry.post.hidden_at is not None
    if entry.is_by_me and not is_hidden:
        return _("Du slettede teksten.")
    return _("Teksten er skjult.")
