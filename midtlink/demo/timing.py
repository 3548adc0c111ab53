"""When things happen in the demo: shifts, office hours, two years back from now."""

import math
from datetime import UTC, datetime, timedelta
from random import Random

from midtlink.clock import HOSPITAL_TIME

SPAN_DAYS = 728
#: Who works by day on weekdays; everybody else is there round the clock.
BY_DAY = {"lægesekretær", "it-medarbejder", "farmakonom", "fysioterapeut", "ergoterapeut"}
#: How much is asked in each hour of the day: after rounds, before handover, in quiet nights.
ROUND_THE_CLOCK = (6, 6, 7, 7, 5, 4, 4, 8, 10, 11, 12, 11, 8, 9, 12, 10, 7, 6, 6, 7, 8, 9, 9, 7)
OFFICE = (0, 0, 0, 0, 0, 0, 0, 7, 12, 13, 12, 10, 6, 11, 11, 6, 1, 0, 0, 0, 0, 0, 0, 0)
NIGHT = (6, 9, 10, 12, 10, 7, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 4)


def midnight_before(now: datetime) -> datetime:
    """Return the midnight, in the hospital, with which this day began."""
    local = now.astimezone(HOSPITAL_TIME)
    return local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)


class Hours:
    """Draws moments between two years ago and now."""

    def __init__(self, rng: Random, now: datetime) -> None:
        self.rng = rng
        self.now = now
        self.today = now.astimezone(HOSPITAL_TIME).replace(hour=0, minute=0, second=0)

    def asked(self, days_ago: float, profession: str, *, at_night: bool = False) -> datetime:
        """Return a moment about so many days ago, at an hour when the profession asks."""
        day = self.today - timedelta(days=max(1, round(days_ago)))
        if profession in BY_DAY and day.weekday() > 4:
            day -= timedelta(days=day.weekday() - 4)
        weights = NIGHT if at_night else OFFICE if profession in BY_DAY else ROUND_THE_CLOCK
        (hour,) = self.rng.choices(range(24), weights)
        minute, second = self.rng.randrange(60), self.rng.randrange(60)
        return _utc(day.replace(hour=hour, minute=minute, second=second, microsecond=0))

    def in_month(self, month: int) -> float:
        """Return how many days ago a day in the month was, in one of the last two years."""
        day = self.today.replace(year=self.today.year, month=month, day=self.rng.randint(3, 27))
        years = self.rng.choice([0, 1])
        day = day.replace(year=day.year - years)
        while day >= self.today:
            day = day.replace(year=day.year - 1)
        if (self.today - day).days > SPAN_DAYS:
            day = day.replace(year=day.year + 1)
        return float((self.today - day).days)

    def minutes_ago(self, minutes: float) -> datetime:
        """Return the moment so many minutes ago, to the second."""
        return (self.now - timedelta(minutes=minutes)).replace(microsecond=0)

    def later(self, after: datetime, minutes: float, profession: str = "") -> datetime:
        """Return a moment typically so many minutes after another, never ahead of now."""
        gap = minutes * math.exp(self.rng.gauss(0, 1.1))
        moment = after + timedelta(minutes=gap)
        if profession in BY_DAY:
            moment = self._in_office(moment)
        if moment >= self.now:
            moment = after + (self.now - after) * self.rng.uniform(0.15, 0.7)
        return moment.replace(microsecond=0)

    def _in_office(self, moment: datetime) -> datetime:
        local = moment.astimezone(HOSPITAL_TIME)
        if local.weekday() < 5 and 7 <= local.hour < 16:
            return moment
        day = local if local.hour < 7 else local + timedelta(days=1)
        while day.weekday() > 4:
            day += timedelta(days=1)
        opens = day.replace(hour=7, minute=self.rng.randrange(60), second=self.rng.randrange(60))
        return _utc(opens + timedelta(minutes=self.rng.randrange(120)))


def _utc(local: datetime) -> datetime:
    return local.astimezone(UTC)
