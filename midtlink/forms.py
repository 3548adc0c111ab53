"""What was typed into a form, and why it was refused. Nothing typed is ever lost."""

import re
import secrets
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from flask import flash, request
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from midtlink.events import in_transaction
from midtlink.guarding import fingerprint
from midtlink.privacy import Find, PatientDataFound, find_cpr_numbers, mask_finds
from midtlink.refusals import BadInput, Refused
from midtlink.texts import isolated

KEY = re.compile(r"[A-Za-z0-9_-]{1,40}")
FINGERPRINT = re.compile(r"[0-9a-f]{20}")
#: A longer text is refused for its length, before anybody looks for numbers in it.
LONGEST_MASKED = 50_000
#: Characters shown on either side of a number that looks like a CPR number.
AROUND = 40
#: What guard and verbs call by another name than the forms.
FIELDS = {"source": "body", "html": "body", "description": "body", "about": "body"}

Result = TypeVar("Result")


@dataclass(frozen=True)
class Place:
    """A number that was found, and the text on either side of it."""

    before: str
    number: str
    after: str


@dataclass(frozen=True)
class Found:
    """The numbers that the guard stopped in one field."""

    field: str
    places: list[Place]
    fingerprints: str


class Errors(dict[str, str]):
    """Messages by field; a field without one has the empty message."""

    def __missing__(self, name: str) -> str:
        return ""


@dataclass
class Typed:
    """A form: its values as they were typed, its errors by field, what the guard found."""

    values: dict[str, str]
    errors: Errors = field(default_factory=Errors)
    found: Found | None = None
    is_masked: bool = False
    not_cpr: tuple[str, ...] = ()
    key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "")

    @property
    def status(self) -> int:
        """The status of the page that shows the form again."""
        return 400 if self.errors else 200


def read_form(*names: str) -> Typed:
    """Read the named fields of the request, with the key against double sending."""
    values = {name: request.form.get(name, "") for name in names}
    typed = Typed(values, not_cpr=_read_fingerprints())
    if key := request.form.get("key", ""):
        if not KEY.fullmatch(key):
            raise BadInput("key")
        typed.key = key
    return typed


def attempt(
    typed: Typed,
    work: Callable[[], Result],
    *,
    words: Callable[[Refused], str],
    fields: Mapping[str, str] = FIELDS,
) -> Result | None:
    """Run a write. None when it was refused: the form then says why, or is masked as wanted.

    `words` puts a refusal into words; `fields` says what the form calls a verb's field.
    """
    if wanted := request.form.get("mask", ""):
        _mask(typed, set(wanted.split()))
        return None
    try:
        return in_transaction(work)
    except Refused as refused:
        name = fields.get(refused.field, refused.field)
        typed.errors[name if name in typed.values else ""] = words(refused)
    except PatientDataFound as refused:
        _tell_found(typed, refused, fields.get(refused.field, refused.field))
    return None


def is_wanted() -> bool:
    """Return the state that the form wants: on or off, never "the other one"."""
    return choice("wanted", ("on", "off")) == "on"


def is_ticked(name: str) -> bool:
    """Say whether a box was ticked; a browser leaves an empty one out."""
    return name in request.form and choice(name, ("on",)) == "on"


def choice(name: str, known: Container[str]) -> str:
    """Return a field that can only hold one of a few known values. Raises BadInput."""
    value = request.form.get(name, "")
    if value not in known:
        raise BadInput(name)
    return value


def words(refused: Refused) -> str:
    """Say in words what any text may be refused for; a domain's own words come before these."""
    facts = refused.facts
    match refused.code:
        case "blank" | "missing":
            return _("Skriv en tekst først.")
        case "too_long":
            return _("Der er for meget tekst. Der er plads til %(most)s tegn.", most=facts["most"])
        case "too_many":
            return _("Der er for mange. Der er plads til %(most)s.", most=facts.get("most", ""))
        case "controls":
            return _("Teksten har usynlige tegn, som ikke kan gemmes. Skriv den med tastaturet.")
        case "too_complex" | "too_complicated":
            return _("Teksten har for mange lag, links eller dele. Gør den enklere.")
        case _:
            return _("Det kan ikke bruges her. Ret det, og prøv igen.")


def flash_undo(text: str, action: str, **fields: str) -> None:
    """Say what was done, with a button that takes it back by sending the fields."""
    message: Any = {"text": text, "action": action, "label": pgettext("undo", "Fortryd")}
    message["fields"] = fields
    flash(message, "success")


def flash_following(name: str, here: str, *, is_followed: bool) -> None:
    """Say that something is followed now, or no longer, with the way back."""
    named = isolated(name)
    if is_followed:
        flash(_("Du følger nu %(name)s.", name=named), "success")
    else:
        back = request.form.get("next") or here
        words = _("Du følger ikke længere %(name)s.", name=named)
        flash_undo(words, f"{here}/foelg", wanted="on", next=back)


def _read_fingerprints() -> tuple[str, ...]:
    given = " ".join(request.form.getlist("not_cpr")).split()
    return tuple(dict.fromkeys(part for part in given if FINGERPRINT.fullmatch(part)))


def _mask(typed: Typed, wanted: set[str]) -> None:
    for name, text in typed.values.items():
        if len(text) > LONGEST_MASKED:
            continue
        finds = [find for find in find_cpr_numbers(text) if fingerprint(find) in wanted]
        typed.values[name] = mask_finds(text, finds)
    typed.is_masked = True


def _tell_found(typed: Typed, refused: PatientDataFound, name: str) -> None:
    """Mark the numbers in what was typed; the verb's positions are those of the tidied text."""
    prints = {fingerprint(find) for find in refused.finds}
    name = name if name in typed.values else next(iter(typed.values))
    text = typed[name]
    finds = [find for find in find_cpr_numbers(text) if fingerprint(find) in prints]
    typed.found = Found(name, [_place(text, find) for find in finds], " ".join(sorted(prints)))
    typed.errors[name] = ngettext(
        "Her står et tal, der ligner et CPR-nummer.",
        "Her står %(num)s tal, der ligner CPR-numre.",
        max(len(finds), 1),
    )


def _place(text: str, find: Find) -> Place:
    before = text[max(0, find.start - AROUND) : find.start]
    return Place(before, text[find.start : find.end], text[find.end : find.end + AROUND])
