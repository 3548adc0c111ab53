"""The one clock, so that tests can stop time. UTC in, UTC out."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

HOSPITAL_TIME = ZoneInfo("Europe/Copenhagen")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)
