"""Events, states and failures of hooks, in words."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from midtlink.notifications.hooks.rules import CHAT, SYSTEM, TRIAL
from midtlink.notifications.records import DEAD, DROPPED, SENT, WAITING

EVENTS: Mapping[str, Any] = {
    "question.asked": lazy_gettext("Nyt spørgsmål"),
    "answer.given": lazy_gettext("Nyt svar"),
    "comment.made": lazy_gettext("Ny kommentar"),
    "answer.accepted": lazy_gettext("Et svar er valgt"),
    "answer.confirmed": lazy_gettext("IT har bekræftet et svar"),
    "answer.unmarked": lazy_gettext("Et svar er ikke længere valgt eller bekræftet"),
    "question.closed": lazy_gettext("Et spørgsmål er lukket"),
    "question.reopened": lazy_gettext("Et spørgsmål er åbnet igen"),
    "post.edited": lazy_gettext("En tekst er rettet"),
    "post.hidden": lazy_gettext("En tekst er skjult eller slettet"),
    "post.restored": lazy_gettext("En tekst kan læses igen"),
    "post.removed": lazy_gettext("En tekst er fjernet for altid"),
    TRIAL: lazy_gettext("Prøve fra MidtLink"),
}
KINDS: Mapping[str, Any] = {CHAT: lazy_gettext("Chat"), SYSTEM: lazy_gettext("Andet system")}
STATES: Mapping[str, Any] = {
    WAITING: lazy_gettext("Venter"),
    SENT: lazy_gettext("Sendt"),
    DEAD: lazy_gettext("Opgivet"),
    DROPPED: lazy_gettext("Ikke sendt"),
}
#: Why a call failed, or why there was none.
ERRORS: Mapping[str, Any] = {
    "timeout": lazy_gettext("Modtageren svarede ikke i tide"),
    "no_connection": lazy_gettext("Der kunne ikke skabes forbindelse"),
    "broken": lazy_gettext("Forbindelsen blev afbrudt"),
    "certificate": lazy_gettext("Modtagerens certifikat kan ikke godkendes"),
    "tls": lazy_gettext("Der kunne ikke skabes en sikker forbindelse"),
    "redirect": lazy_gettext("Modtageren henviste til en anden adresse"),
    "status": lazy_gettext("Modtageren svarede med en fejl"),
    "unknown_host": lazy_gettext("Adressens navn findes ikke"),
    "not_public": lazy_gettext("Adressen peger ind i et lukket net"),
    "gone": lazy_gettext("Teksten kan ikke længere læses af alle"),
    "switched_off": lazy_gettext("Webhooken var slået fra"),
    "given_up": lazy_gettext("For mange forsøg"),
}


def error_words(error: str) -> str:
    """Say why a delivery failed; an address that is not called any more is refused."""
    return str(ERRORS.get(error, _("Adressen må ikke bruges"))) if error else ""
