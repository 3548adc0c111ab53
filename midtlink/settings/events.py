"""What happens to settings."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Event):
    """An administrator gave a setting another value."""

    key: str
