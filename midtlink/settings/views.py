"""The page where administrators change settings."""

from flask import Blueprint, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, allow, current_person
from midtlink.events import in_transaction
from midtlink.settings import queries
from midtlink.settings.changing import BadSetting, change_setting, parse
from midtlink.settings.definitions import DEFINITIONS, Definition
from midtlink.settings.forms import GROUPS, error_words, label

pages = Blueprint("settings", __name__)
HERE = "/administration/indstillinger"


@pages.get(HERE)
@allow(ADMINISTRATOR)
def settings_page() -> str:
    """Show every setting with its value."""
    known = {key: str(value) for key, value in queries.all_values().items()}
    return _page(known, {})


@pages.post(HERE)
@allow(ADMINISTRATOR)
def save_settings() -> Response | tuple[str, int]:
    """Save the settings that were changed: all of them, or none when one does not fit."""
    typed = {key: request.form.get(key, "") for key in DEFINITIONS}
    errors = {
        key: error_words(definition, typed[key])
        for key, definition in DEFINITIONS.items()
        if not _fits(key, typed)
    }
    if errors:
        return _page(typed, errors), 400
    in_transaction(lambda: _save(typed))
    flash(_("Indstillingerne er gemt."), "success")
    return redirect(HERE, 303)


def _fits(key: str, typed: dict[str, str]) -> bool:
    try:
        parse(DEFINITIONS[key], typed[key])
    except BadSetting:
        return False
    return True


def _save(typed: dict[str, str]) -> None:
    person = current_person()
    known = queries.all_values()
    for key, text in typed.items():
        if parse(DEFINITIONS[key], text) != known[key]:
            change_setting(key, text, by=person, by_id=person.id)


def _page(typed: dict[str, str], errors: dict[str, str]) -> str:
    groups = [
        (heading, [(DEFINITIONS[key], label(key), _kind(DEFINITIONS[key])) for key in keys])
        for heading, keys in GROUPS
    ]
    return render_template("settings/settings.html", groups=groups, typed=typed, errors=errors)


def _kind(definition: Definition) -> str:
    return "number" if isinstance(definition.default, int) else "text"
