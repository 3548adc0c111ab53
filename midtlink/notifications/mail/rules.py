"""Numbers and pure functions of mail: what it is for, hours that it is held, tries."""

from datetime import datetime, time, timedelta

from midtlink import clock

#: What a mail is for.
NOTICE, COLLECTED, DAILY, WEEKLY = "notice", "collected", "daily", "weekly"
INVITATION, PASSWORD = "invitation", "password"
PURPOSES = (NOTICE, COLLECTED, DAILY, WEEKLY, INVITATION, PASSWORD)
DIGESTS = (DAILY, WEEKLY)
#: What somebody waits for at the screen: it is held by no quiet hours and no holiday.
ABOUT_ACCESS = (INVITATION, PASSWORD)

#: Notices that are routed, and mails that are sent, in one step.
ROUTED_AT_ONCE, SENT_AT_ONCE = 500, 50
#: Minutes until the next try after the first failure, the second ...; then always the last.
BACKOFF = (1, 2, 4, 8, 16, 32, 60)
#: A mail that could not be sent for so long is given up.
KEPT_TRYING = timedelta(days=3)
#: How long it is remembered what became of a mail.
KEPT = timedelta(days=30)
HOUR = timedelta(hours=1)


def backoff(attempts: int) -> timedelta:
    """Return how long a mail rests that has failed so many times before."""
    return timedelta(minutes=BACKOFF[min(attempts, len(BACKOFF) - 1)])


def end_of_hour(moment: datetime) -> datetime:
    """Return when the clock hour of a moment is over."""
    return moment.replace(minute=0, second=0, microsecond=0) + HOUR


def held_until(
    moment: datetime,
    *,
    quiet_from: int | None = None,
    quiet_to: int | None = None,
    paused_until: datetime | None = None,
) -> datetime:
    """Return when mail may leave that is ready at a moment: then, or after holiday and night."""
    begins = max(moment, paused_until or moment)
    if quiet_from is None or quiet_to is None or quiet_from == quiet_to:
        return begins
    local = begins.astimezone(clock.HOSPITAL_TIME)
    if not _is_quiet(local.hour, quiet_from, quiet_to):
        return begins
    is_evening = local.hour >= quiet_to
    day = local.date() + timedelta(days=1) if is_evening else local.date()
    ends = datetime.combine(day, time(quiet_to), clock.HOSPITAL_TIME)
    return max(begins, ends.astimezone(begins.tzinfo))


def _is_quiet(hour: int, quiet_from: int, quiet_to: int) -> bool:
    if quiet_from < quiet_to:
        return quiet_from <= hour < quiet_to
    return hour >= quiet_from or hour < quiet_to
