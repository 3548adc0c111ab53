"""Changing a setting."""

import json
import re

from midtlink import clock
from midtlink.access import ADMINISTRATOR, HasRoles, NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.privacy import find_cpr_numbers
from midtlink.settings.definitions import DEFINITIONS, Definition, Value
from midtlink.settings.events import SettingChanged
from midtlink.settings.models import SettingRow
from midtlink.settings.rules import BACKGROUNDS, is_readable
from midtlink.texts import is_blank

COLOUR = re.compile(r"#[0-9a-f]{6}")


class BadSetting(ValueError):
    """The value does not fit the setting."""


def change_setting(key: str, typed: str, *, by: HasRoles | None, by_id: int | None) -> None:
    """Give a setting the value that was typed. None as `by` is the command line."""
    with transaction():
        if by is not None and not by.has_role(ADMINISTRATOR):
            raise NotAllowed(by, "change", key)
        new = parse(DEFINITIONS[key], typed)
        row = db.session.get(SettingRow, key) or SettingRow(key=key)
        row.value, row.changed_at, row.changed_by_id = json.dumps(new), clock.now(), by_id
        db.session.add(row)
        publish(SettingChanged(key=key, by_id=by_id))
    db.session.info.pop("settings", None)


def parse(definition: Definition, typed: str) -> Value:
    """Turn typed text into the setting's type. Raises BadSetting when it does not fit."""
    if isinstance(definition.default, int):
        return _whole_number(definition, typed)
    text = typed.strip()
    if definition.key in BACKGROUNDS:
        return _colour(definition, text.lower())
    if is_blank(text) or len(text) > definition.longest or not text.isprintable():
        raise BadSetting(definition.key)
    if find_cpr_numbers(text):
        raise BadSetting(definition.key)
    return text


def _colour(definition: Definition, text: str) -> str:
    if not COLOUR.fullmatch(text) or not is_readable(definition.key, text):
        raise BadSetting(definition.key)
    return text


def _whole_number(definition: Definition, typed: str) -> int:
    if not re.fullmatch(r"[0-9]{1,7}", typed.strip()):
        raise BadSetting(definition.key)
    new = int(typed)
    if not definition.least <= new <= definition.most:
        raise BadSetting(definition.key)
    return new
