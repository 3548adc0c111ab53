"""The page where administrators change settings."""

from flask import Blueprint, flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import forms
from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.forms import Typed
from midtlink.settings import queries
from midtlink.settings.changing import BadSetting, change_setting, parse
from midtlink.settings.definitions import DEFINITIONS, Definition, Value
from midtlink.settings.forms import CHOICES, GROUPS, HINTS, error_words, label

pages = Blueprint("settings", __name__)
HERE = "/administration/indstillinger"


@pages.get(HERE)
@allow(ADMINISTRATOR)
def settings_page() -> str:
    """Show every setting with its value."""
    return _page(Typed({key: str(value) for key, value in queries.all_values().items()}))


@pages.post(HERE)
@allow(ADMINISTRATOR)
def save_settings() -> Response | tuple[str, int]:
    """Save the settings that were changed: all of them, or none when one does not fit."""
    typed = forms.read_form(*DEFINITIONS)
    if forms.attempt(typed, lambda: _save(typed), words=forms.words) is None:
        return _page(typed), typed.status
    flash(_("Indstillingerne er gemt."), "success")
    return redirect(HERE, 303)


def _save(typed: Typed) -> bool | None:
    """Save what was changed, or say in the form what does not fit."""
    new = _parsed(typed)
    if typed.errors:
        return None
    person, known = current_person(), dict(queries.all_values())
    for key in (key for key in DEFINITIONS if new[key] != known[key]):
        change_setting(key, typed[key], by=person, by_id=person.id, not_cpr=typed.not_cpr)
    return True


def _parsed(typed: Typed) -> dict[str, Value]:
    new: dict[str, Value] = {}
    for key, definition in DEFINITIONS.items():
        try:
            new[key] = parse(definition, typed[key])
        except BadSetting:
            typed.errors[key] = error_words(definition)
    return new


def _page(typed: Typed) -> str:
    groups = [
        (heading, [(DEFINITIONS[key], label(key), _kind(DEFINITIONS[key])) for key in keys])
        for heading, keys in GROUPS
    ]
    return render_template(
        "settings/settings.html", groups=groups, typed=typed, choices=CHOICES, hints=HINTS
    )


def _kind(definition: Definition) -> str:
    if isinstance(definition.default, bool):
        return "switch"
    if definition.choices:
        return "choice"
    return "number" if isinstance(definition.default, int) else "text"
