"""Reading settings: once per request, all of them in one statement."""

import json
from collections.abc import Collection
from datetime import datetime

from midtlink.extensions import db
from midtlink.settings.definitions import DEFINITIONS, Value
from midtlink.settings.models import SettingRow


def value(key: str) -> Value:
    """Return the setting's value. KeyError for a key that no definition has."""
    changed = _changed()
    return changed[key][0] if key in changed else DEFINITIONS[key].default


def number(key: str) -> int:
    """Return a whole-number setting."""
    return int(value(key))


def text(key: str) -> str:
    """Return a text setting."""
    return str(value(key))


def is_on(key: str) -> bool:
    """Return a yes-or-no setting."""
    return bool(value(key))


def all_values() -> dict[str, Value]:
    """Return every setting with its value, kept for the rest of this request."""
    changed = _changed()
    return {
        key: changed[key][0] if key in changed else each.default
        for key, each in DEFINITIONS.items()
    }


def last_change(keys: Collection[str]) -> datetime | None:
    """Return when one of the settings was last changed, as far as this request knows."""
    return max((at for key, (_, at) in _changed().items() if key in keys), default=None)


def _changed() -> dict[str, tuple[Value, datetime]]:
    known: dict[str, tuple[Value, datetime]] | None = db.session.info.get("settings")
    if known is None:
        rows = db.session.query(SettingRow)
        known = {row.key: (parsed(row), row.changed_at) for row in rows}
        db.session.info["settings"] = known
    return known


def parsed(row: SettingRow) -> Value:
    """Return the value that a row holds."""
    value: Value = json.loads(row.value)
    return value
