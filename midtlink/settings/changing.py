"""Changing a setting."""

import json
import re
from collections.abc import Iterable, Mapping

from midtlink import clock, guarding
from midtlink.access import ADMINISTRATOR, HasRoles, NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.settings import queries
from midtlink.settings.definitions import DEFINITIONS, Definition, Value
from midtlink.settings.events import SettingChanged, SettingGuardOverruled
from midtlink.settings.models import SettingRow
from midtlink.settings.rules import BACKGROUNDS, is_readable
from midtlink.texts import is_blank

#: How a form and the command line say yes and no.
SWITCHED = {"on": True, "True": True, "": False, "off": False, "False": False}
COLOUR = re.compile(r"#[0-9a-f]{6}")


class BadSetting(ValueError):
    """The value does not fit the setting."""


def change_setting(
    key: str,
    typed: str,
    *,
    by: HasRoles | None,
    by_id: int | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Give a setting the value that was typed. None as `by` is the command line.

    Raises BadSetting or PatientDataFound.
    """
    with transaction():
        if by is not None and not by.has_role(ADMINISTRATOR):
            raise NotAllowed(by, "change", key)
        new = parse(DEFINITIONS[key], typed)
        known = str(queries.value(key))
        overruled = guarding.check({key: str(new)}, overruled=not_cpr, known=known)
        row = db.session.get(SettingRow, key) or SettingRow(key=key)
        row.value, row.changed_at, row.changed_by_id = _stored(new), clock.now(), by_id
        db.session.add(row)
        publish(SettingChanged(key=key, by_id=by_id))
        if overruled:
            publish(SettingGuardOverruled(key=key, count=overruled, by_id=by_id))
    db.session.info.pop("settings", None)


def parse(definition: Definition, typed: str) -> Value:
    """Turn typed text into the setting's type. Raises BadSetting when it does not fit."""
    if isinstance(definition.default, bool):
        return _one_of(definition, typed, SWITCHED)
    if isinstance(definition.default, int):
        return _whole_number(definition, typed)
    text = typed.strip()
    if definition.choices:
        return _one_of(definition, text, {each: each for each in definition.choices})
    if definition.key in BACKGROUNDS:
        return _colour(definition, text.lower())
    if is_blank(text) or len(text) > definition.longest or not text.isprintable():
        raise BadSetting(definition.key)
    return text


def _stored(new: Value) -> str:
    """Return a value as its row holds it: with every character readable to the guard's net."""
    return json.dumps(new, ensure_ascii=False)


def _one_of(definition: Definition, typed: str, known: Mapping[str, Value]) -> Value:
    if typed not in known:
        raise BadSetting(definition.key)
    return known[typed]


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
