"""Reading settings: once per request, all of them in one statement."""

import json

from midtlink.extensions import db
from midtlink.settings.definitions import DEFINITIONS, Value
from midtlink.settings.models import SettingRow


def value(key: str) -> Value:
    """Return the setting's value. KeyError for a key that no definition has."""
    return all_values()[key]


def number(key: str) -> int:
    """Return a whole-number setting."""
    return int(value(key))


def text(key: str) -> str:
    """Return a text setting."""
    return str(value(key))


def all_values() -> dict[str, Value]:
    """Return every setting with its value, kept for the rest of this request."""
    known: dict[str, Value] | None = db.session.info.get("settings")
    if known is None:
        changed = {row.key: json.loads(row.value) for row in db.session.query(SettingRow)}
        known = {key: changed.get(key, each.default) for key, each in DEFINITIONS.items()}
        db.session.info["settings"] = known
    return known
