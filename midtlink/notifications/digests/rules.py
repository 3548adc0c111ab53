"""When digests are made, and how much of each they tell."""

from datetime import datetime, time, timedelta

from midtlink import clock
from midtlink.notifications.mail.rules import DAILY, WEEKLY

#: The hour of the hospital's clocks; the weekly one on Mondays.
HOUR, MONDAY = 6, 0
#: People whose digests are prepared in one transaction.
PREPARED_AT_ONCE = 200
#: The overview of a weekly digest covers so much, with an hour for one that was made late; unread
#: notices of a longer time come along.
PERIOD, NOTICES_SINCE = timedelta(days=7, hours=1), timedelta(days=31)
#: Threads with notices, and questions of each other kind, in one digest.
THREADS_SHOWN, SHOWN = 20, 5


def last_slot(cadence: str, now: datetime) -> datetime:
    """Return when digests were last to be made: this morning, or this Monday's."""
    local = now.astimezone(clock.HOSPITAL_TIME)
    day = local.date() if local.hour >= HOUR else local.date() - timedelta(days=1)
    if cadence == WEEKLY:
        day -= timedelta(days=(day.weekday() - MONDAY) % 7)
    return datetime.combine(day, time(HOUR), clock.HOSPITAL_TIME).astimezone(now.tzinfo)


def column_of(cadence: str) -> str:
    """Return the setting that says when a person's digest was last made."""
    return {DAILY: "daily_at", WEEKLY: "weekly_at"}[cadence]
