"""What happens to settings."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class SettingChanged(Event):
    """An administrator gave a setting another value."""

    key: str


@dataclass(frozen=True, kw_only=True)
class SettingGuardOverruled(Event):
    """An administrator said of numbers in a setting that they are no CPR numbers."""

    key: str
    count: int
