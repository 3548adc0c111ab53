"""The form of a hook: what was typed into it, and why it was refused, in words."""

from collections.abc import Callable
from typing import TypeVar

from flask import request
from flask_babel import gettext as _

from midtlink import forms
from midtlink.forms import Typed, choice, is_ticked, read_form
from midtlink.notifications.hooks.keeping import Wanted, check_address
from midtlink.notifications.hooks.rules import EVENTS, HOOKS
from midtlink.notifications.records import Hook
from midtlink.people.models import Department
from midtlink.people.organising import list_departments
from midtlink.refusals import BadInput, Refused
from midtlink.topics.models import System
from midtlink.topics.queries import list_systems

Result = TypeVar("Result")
Choices = list[tuple[int, str]]


def read_hook(hook: Hook | None) -> tuple[str, Typed]:
    """Read the form of a hook, or of a new one with its kind. Raises BadInput."""
    kind = hook.kind if hook else choice("kind", HOOKS)
    typed = read_form("name", "url")
    for name, known_ones in {
        "system": systems_for(hook),
        "department": departments_for(hook),
    }.items():
        typed.values[name] = choice(name, {"", *(str(number) for number, _name in known_ones)})
    chosen = request.form.getlist("events")
    if not set(chosen) <= set(EVENTS):
        raise BadInput("events")
    typed.values |= {"events": " ".join(chosen), "is_active": "on" if _is_on(hook) else ""}
    return kind, typed


def known(hook: Hook) -> Typed:
    """Return a hook as its form shows it; the address is kept to ourselves."""
    values = {
        "name": hook.name,
        "events": hook.events,
        "system": str(hook.system_id or ""),
        "department": str(hook.department_id or ""),
        "is_active": "on" if hook.is_active else "",
    }
    return Typed(values)


def wanted(typed: Typed) -> Wanted:
    """Return what the form asks for."""
    return Wanted(
        name=typed["name"],
        url=typed["url"],
        events=typed["events"].split(),
        system_id=int(typed["system"] or 0) or None,
        department_id=int(typed["department"] or 0) or None,
        is_active=bool(typed["is_active"]),
    )


def systems_for(hook: Hook | None) -> Choices:
    """Return the systems that a hook can be about, its own among them."""
    return _choices(list_systems(), hook.system if hook else None)


def departments_for(hook: Hook | None) -> Choices:
    """Return the departments that a hook can be about, its own among them."""
    return _choices(list_departments(), hook.department if hook else None)


def attempt(typed: Typed, work: Callable[[], Result]) -> Result | None:
    """Run a write, in the words of hooks; the address is looked up before it begins."""
    try:
        check_address(typed["url"])
    except Refused as refused:
        typed.errors[refused.field] = words(refused)
        return None
    return forms.attempt(typed, work, words=words)


def words(refused: Refused) -> str:
    """Say in words why something about a hook was refused."""
    if refused.field == "url":
        return _address_words(refused)
    match refused.code:
        case "taken":
            return _("Der er allerede en webhook med det navn.")
        case "none_chosen":
            return _("Vælg mindst én hændelse.")
        case "blank":
            return _("Skriv, hvad webhooken hedder.")
        case "too_many_hooks":
            return _("Der er plads til %(most)s webhooks. Slet en først.",
                     most=refused.facts["most"])  # fmt: skip
        case "switched_off":
            return _("Webhooken er slået fra. Slå den til først.")
        case "still_on":
            return _("Slå webhooken fra, før du sletter den.")
        case _:
            return forms.words(refused)


def _address_words(refused: Refused) -> str:
    match refused.code:
        case "not_https":
            return _("Adressen skal begynde med https://.")
        case "port":
            return _("Adressen må ikke have en port.")
        case "credentials":
            return _("Adressen må ikke have brugernavn og adgangskode.")
        case "fragment":
            return _("Adressen må ikke have et #.")
        case "not_public":
            return _("Adressen peger ind i et lukket net, og det må en webhook ikke.")
        case "unknown_host":
            return _("Adressens navn findes ikke. Se efter stavefejl.")
        case "no_address":
            return _("Skriv en hel adresse, fx https://eksempel.dk/webhook.")
        case _:
            return forms.words(refused)


def _is_on(hook: Hook | None) -> bool:
    return hook is None or is_ticked("is_active")


def _choices(found: object, own: System | Department | None) -> Choices:
    every = {each.id: each.name for each in [*found, *([own] if own else [])]}  # type: ignore[misc]
    return list(every.items())
