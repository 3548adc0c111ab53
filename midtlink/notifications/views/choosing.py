"""How and when one is mailed: one page."""

from datetime import date, datetime, time

from flask import current_app, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import clock
from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, choice, read_form
from midtlink.notifications import choosing, wording
from midtlink.notifications.queries import choices_of, settings_of
from midtlink.notifications.rules import KINDS
from midtlink.notifications.views.blueprint import pages
from midtlink.pages import day

HERE = "/mig/beskeder"


@pages.get(HERE)
@allow(MEMBER)
def choices() -> str:
    """Show how one is mailed of each kind, when, and whether it is paused."""
    return _page(Typed({}))


@pages.post(HERE)
@allow(MEMBER)
def save_choices() -> Response:
    """Save how one is mailed of each kind."""
    fields = {kind: f"mode_{kind}" for kind in KINDS}
    modes = {
        kind: choice(name, KINDS[kind].modes)
        for kind, name in fields.items()
        if name in request.form
    }
    in_transaction(lambda: choosing.choose_modes(modes, by=current_person()))
    return _saved()


@pages.post(f"{HERE}/timer")
@allow(MEMBER)
def save_hours() -> Response | tuple[str, int]:
    """Save between which hours mail is held."""
    typed = read_form("quiet_from", "quiet_to")
    hours = [_hour(name) for name in ("quiet_from", "quiet_to")]
    if (hours[0] is None) != (hours[1] is None) or (hours[0] is not None and hours[0] == hours[1]):
        typed.errors["quiet_to"] = _("Vælg to forskellige timer, eller ingen af dem.")
        return _page(typed), 400
    in_transaction(lambda: choosing.choose_hours(hours[0], hours[1], by=current_person()))
    return _saved()


@pages.post(f"{HERE}/pause")
@allow(MEMBER)
def save_pause() -> Response | tuple[str, int]:
    """Hold all mail until a day, or end that."""
    typed = read_form("paused_until")
    until = None
    if typed["paused_until"]:
        until = _day(typed["paused_until"])
        if until is None or until <= clock.now():
            typed.errors["paused_until"] = _("Skriv en dato, der ikke er gået endnu.")
            return _page(typed), 400
    in_transaction(lambda: choosing.pause(until, by=current_person()))
    return _saved()


@pages.post(f"{HERE}/adresse")
@allow(MEMBER)
def try_address() -> Response:
    """Send mail again to an address that was refused."""
    in_transaction(lambda: choosing.try_address_again(by=current_person()))
    return _saved()


def _page(typed: Typed) -> str:
    person = current_person()
    row = settings_of(person)
    chosen = choices_of(person)
    paused = row.paused_until if row else None
    is_paused = paused is not None and paused > clock.now()
    known = {name: _shown(getattr(row, name, None)) for name in ("quiet_from", "quiet_to")}
    return render_template(
        "notifications/choices.html",
        kinds=[(kind, wording.CHOICES[kind], chosen[kind], _modes(kind)) for kind in KINDS],
        typed=Typed(known | typed.values, errors=typed.errors),
        hours=[(hour, f"{hour:02d}.00") for hour in choosing.HOURS],
        refused=row if row and row.refused_at else None,
        paused_words=day(paused) if paused and is_paused else None,
        is_mail_on=bool(current_app.config.get("MAIL_HOST")),
    )


def _modes(kind: str) -> list[tuple[str, str]]:
    return [(mode, wording.MODES[mode]) for mode in KINDS[kind].modes]


def _shown(hour: int | None) -> str:
    return "" if hour is None else str(hour)


def _hour(name: str) -> int | None:
    typed = choice(name, {"", *(str(hour) for hour in choosing.HOURS)})
    return int(typed) if typed else None


def _day(typed: str) -> datetime | None:
    """Return the beginning of a day as a date field writes it."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return datetime.combine(found, time(), clock.HOSPITAL_TIME) if found.year < 2100 else None


def _saved() -> Response:
    flash(_("Dine valg er gemt."), "success")
    return redirect(HERE, 303)
