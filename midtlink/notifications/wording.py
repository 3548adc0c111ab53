"""Every kind of notice and every reason for one, in words. No text of a post stands in them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext

from midtlink.notifications.rules import COLLECTED, DAILY, IMMEDIATE, OFF, WEEKLY

#: What has happened, beginning a line; "%(system)s" is added by who knows it.
WHAT: Mapping[str, Any] = {
    "answer": lazy_gettext("Nyt svar på dit spørgsmål"),
    "followed_answer": lazy_gettext("Nyt svar i en tråd, du følger"),
    "comment": lazy_gettext("Ny kommentar til dig"),
    "followed_comment": lazy_gettext("Ny kommentar i en tråd, du følger"),
    "mention": lazy_gettext("Du er nævnt"),
    "question": lazy_gettext("Nyt spørgsmål"),
    "accepted": lazy_gettext("Dit svar er valgt"),
    "confirmed": lazy_gettext("IT har bekræftet dit svar"),
    "helped": lazy_gettext("Dit svar virkede"),
    "thanks": lazy_gettext("Tak for dit svar"),
    "edited": lazy_gettext("Din tekst er rettet"),
    "suggestion": lazy_gettext("Forslag til en rettelse af din tekst"),
    "suggestion_decided": lazy_gettext("Dit forslag er afgjort"),
    "closed": lazy_gettext("Spørgsmålet er lukket"),
    "duplicate": lazy_gettext("Spørgsmålet er stillet før"),
    "flag_decided": lazy_gettext("Din melding er afgjort"),
    "badge": lazy_gettext("Du har fået et badge"),
    "award": lazy_gettext("Du har fået en pris"),
    "saved_search": lazy_gettext("Nye fund i en søgning, du har gemt"),
    "overview": lazy_gettext("Ugens overblik"),
}
#: The same kinds as a choice on the page of preferences.
CHOICES: Mapping[str, Any] = {
    "answer": lazy_gettext("Svar på dine spørgsmål"),
    "followed_answer": lazy_gettext("Svar i tråde, du følger"),
    "comment": lazy_gettext("Kommentarer til det, du har skrevet"),
    "followed_comment": lazy_gettext("Kommentarer i tråde, du følger"),
    "mention": lazy_gettext("Når du bliver nævnt"),
    "question": lazy_gettext("Spørgsmål om det, du følger"),
    "accepted": lazy_gettext("Når dit svar bliver valgt"),
    "confirmed": lazy_gettext("Når IT bekræfter dit svar"),
    "helped": lazy_gettext("Når dit svar virkede for andre"),
    "thanks": lazy_gettext("Tak til dig"),
    "edited": lazy_gettext("Når andre retter din tekst"),
    "suggestion": lazy_gettext("Forslag til rettelser af din tekst"),
    "suggestion_decided": lazy_gettext("Svar på dine forslag til rettelser"),
    "closed": lazy_gettext("Når et spørgsmål bliver lukket"),
    "duplicate": lazy_gettext("Når et spørgsmål er stillet før"),
    "flag_decided": lazy_gettext("Svar på dine meldinger"),
    "badge": lazy_gettext("Badges"),
    "award": lazy_gettext("Hospitalets priser"),
    "saved_search": lazy_gettext("Nye fund i gemte søgninger"),
    "overview": lazy_gettext("Overblik: hvad du kan svare på, og hvad din afdeling har lært"),
}
MODES: Mapping[str, Any] = {
    IMMEDIATE: lazy_gettext("Straks"),
    COLLECTED: lazy_gettext("Samlet, højst en gang i timen for en tråd"),
    DAILY: lazy_gettext("Hver dag"),
    WEEKLY: lazy_gettext("Hver uge"),
    OFF: lazy_gettext("Aldrig"),
}


def why(reason: str, name: str = "") -> str:
    """Say why somebody hears of a matter; `name` is the system, tag, department or colleague."""
    match reason:
        case "asked":
            return _("Fordi du har stillet spørgsmålet.")
        case "wrote":
            return _("Fordi du har skrevet teksten.")
        case "mention":
            return _("Fordi du er nævnt.")
        case "team":
            return _("Fordi superbrugerne af %(name)s er nævnt.", name=name)
        case "mentioned_department":
            return _("Fordi %(name)s er nævnt.", name=name)
        case "thread":
            return _("Fordi du følger spørgsmålet.")
        case "system":
            return _("Fordi du følger systemet %(name)s.", name=name)
        case "tag":
            return _("Fordi du følger emneordet %(name)s.", name=name)
        case "person":
            return _("Fordi du følger %(name)s.", name=name)
        case "department":
            return _("Fordi du følger %(name)s.", name=name)
        case "reported":
            return _("Fordi du har meldt teksten.")
        case "suggested":
            return _("Fordi du har foreslået en rettelse.")
        case "searched":
            return _("Fordi du vil høre om nye fund i søgningen.")
        case _:
            return _("Fordi du har gjort dig fortjent til det.")


def how_often(kind: str, count: int) -> str:
    """Say how often something has happened, where it can happen to one text many times."""
    if kind == "helped":
        return ngettext("for %(num)s kollega", "for %(num)s kolleger", count)
    if kind == "saved_search":
        return ngettext("%(num)s nyt fund", "%(num)s nye fund", count)
    return ""
