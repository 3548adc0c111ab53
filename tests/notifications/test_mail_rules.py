"""The hours at which mail is held, and how long one that failed rests."""

from datetime import timedelta

import pytest

from midtlink.notifications.mail.rules import backoff, held_until
from midtlink.notifications.rules import KINDS
from tests.notifications.outbox import copenhagen


def test_quiet_defaults():
    assert {kind.key for kind in KINDS.values() if kind.mode == "immediate"} == {"answer"}


@pytest.mark.parametrize(
    ("moment", "hours", "ends"),
    [
        (copenhagen(18, 21, 59), (22, 7), copenhagen(18, 21, 59)),
        (copenhagen(18, 22), (22, 7), copenhagen(19, 7)),
        (copenhagen(19, 6, 59), (22, 7), copenhagen(19, 7)),
        (copenhagen(19, 7), (22, 7), copenhagen(19, 7)),
        (copenhagen(18, 9), (8, 16), copenhagen(18, 16)),
        (copenhagen(18, 16), (8, 16), copenhagen(18, 16)),
        (copenhagen(18, 9), (7, 7), copenhagen(18, 9)),
        (copenhagen(18, 23), (0, 6), copenhagen(18, 23)),
        (copenhagen(18, 23), (22, 0), copenhagen(19, 0)),
        # The nights on which the clocks change: an hour less in March, one more in October.
        (copenhagen(28, 23, month=3), (22, 7), copenhagen(29, 7, month=3, summer=True)),
        (copenhagen(29, 1, month=3), (1, 2), copenhagen(29, 2, month=3)),
        (copenhagen(24, 23, month=10, summer=True), (22, 7), copenhagen(25, 7, month=10)),
        (copenhagen(25, 2, 30, month=10, summer=True), (22, 3), copenhagen(25, 3, month=10)),
        (copenhagen(25, 2, 30, month=10), (22, 3), copenhagen(25, 3, month=10)),
    ],
)  # fmt: skip
def test_quiet_hours_end_by_the_clocks_of_the_hospital(moment, hours, ends):
    quiet_from, quiet_to = hours
    assert held_until(moment, quiet_from=quiet_from, quiet_to=quiet_to) == ends


def test_a_holiday_that_ends_at_night_ends_in_the_morning():
    until = copenhagen(20, 3)
    held = held_until(copenhagen(18, 12), quiet_from=22, quiet_to=7, paused_until=until)
    assert held == copenhagen(20, 7)


def test_a_mail_that_fails_rests_longer_each_time_and_at_most_an_hour():
    rests = [backoff(attempts) / timedelta(minutes=1) for attempts in range(9)]
    assert rests == [1, 2, 4, 8, 16, 32, 60, 60, 60]
