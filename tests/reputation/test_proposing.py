"""The nightly look: what is proposed to moderators, and what is not proposed twice."""

from datetime import UTC, datetime, timedelta

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.reputation.fairness.deciding import decide
from midtlink.reputation.fairness.proposing import is_due, last_three, look_through
from midtlink.reputation.fairness.reading import votes_since
from midtlink.reputation.records import FairnessSweep, Suspicion
from midtlink.reputation.sweeping import look_for_patterns
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, staff
from tests.reputation.patterns import suspected, votes

pytestmark = pytest.mark.both_databases
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def ids_of_votes(row):
    return {vote.fact_id for vote in row.votes}


def test_votes_count_until_they_are_withdrawn_or_their_post_is_gone(cast):
    first, second, _ = votes(cast.karim, cast.jonas, 3, asker=cast.anne)
    withdraw_reaction(first, "helped", by=cast.karim)
    delete(second, by=cast.jonas)
    (vote,) = votes_since(LONG_AGO)
    assert (vote.giver_id, vote.receiver_id) == (cast.karim.id, cast.jonas.id)
    assert vote.giver_department_id == cast.karim.department_id
    assert vote.receiver_department_id == cast.jonas.department_id
    assert vote.asker_department_id == cast.anne.department_id
    undelete(second, by=cast.jonas)
    set_reaction(first, "helped", by=cast.karim)
    assert len(votes_since(LONG_AGO)) == 3


def test_only_votes_of_the_window_are_looked_at(cast, clock):
    votes(cast.karim, cast.jonas, 7, asker=cast.anne)
    clock.forward(days=31)
    votes(cast.karim, cast.jonas, 1, asker=cast.anne)
    assert not suspected()
    change_setting("vote_patterns_days", "60", by=None, by_id=None)
    (row,) = suspected()
    assert (row.kind, row.identity) == ("one_way", f"one_way:{cast.karim.id}-{cast.jonas.id}")
    assert row.window_from == clock.moment - timedelta(days=60)


def test_what_waits_is_not_proposed_again(cast):
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    (row,) = suspected()
    assert len(row.votes) == 8
    votes(cast.karim, cast.jonas, 9, asker=cast.anne)
    assert not suspected()


def test_what_was_in_order_is_proposed_again_after_five_more(cast):
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    (row,) = suspected()
    decide(row, False, because="De deler vagt.", by=cast.mogens)
    votes(cast.karim, cast.jonas, 4, asker=cast.anne)
    assert not suspected()
    votes(cast.karim, cast.jonas, 1, asker=cast.anne)
    (again,) = suspected()
    assert len(again.votes) == 13


def test_what_was_reversed_counts_no_more(cast):
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    (row,) = suspected()
    decide(row, True, because="En aftale.", by=cast.mogens)
    votes(cast.karim, cast.jonas, 7, asker=cast.anne)
    assert not suspected()
    votes(cast.karim, cast.jonas, 1, asker=cast.anne)
    (again,) = suspected()
    assert len(again.votes) == 8
    assert not ids_of_votes(again) & ids_of_votes(row)


def test_a_larger_circle_leaves_out_the_votes_that_wait(cast):
    one, two, three, four = staff(4)
    for giver, receiver in ((one, two), (two, three), (three, one)):
        votes(giver, receiver, 4, asker=cast.anne)
    (ring,) = suspected()
    assert (ring.kind, len(ring.votes)) == ("ring", 12)
    votes(three, four, 4, asker=cast.anne)
    votes(four, one, 4, asker=cast.anne)
    (larger,) = suspected()
    assert (larger.kind, len(larger.votes)) == ("ring", 8)
    assert not ids_of_votes(larger) & ids_of_votes(ring)


def test_the_journal_says_that_something_was_seen_and_of_nobody(cast):
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    (row,) = suspected()
    (entry,) = db.session.query(JournalEntry).filter_by(act="VotesSuspected")
    assert entry.facts == {"suspicion_id": row.id, "count": 8}


@pytest.mark.parametrize(
    ("now", "three"),
    [
        (datetime(2026, 11, 18, 1, 59, tzinfo=UTC), datetime(2026, 11, 17, 2, tzinfo=UTC)),
        (datetime(2026, 11, 18, 2, 0, tzinfo=UTC), datetime(2026, 11, 18, 2, tzinfo=UTC)),
        (datetime(2026, 7, 18, 1, 0, tzinfo=UTC), datetime(2026, 7, 18, 1, tzinfo=UTC)),
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 28, 2, tzinfo=UTC)),
    ],
)
def test_three_at_night_is_copenhagens(app, now, three):
    assert last_three(now) == three


def test_the_votes_are_looked_through_once_a_night(app, clock):
    clock.moment = datetime(2026, 11, 18, 1, 30, tzinfo=UTC)
    runs = []
    for _ in range(50):
        look_for_patterns()
        runs.append(db.session.query(FairnessSweep).count())
        clock.forward(hours=1)
    assert (runs[0], runs[1], runs[24], runs[25], runs[49]) == (1, 2, 2, 3, 4)


def test_a_look_by_a_clock_far_ahead_does_not_stop_the_next(app, clock):
    clock.forward(days=400)
    look_through()
    clock.forward(days=-400)
    assert is_due()


def test_nobody_looks_where_points_are_switched_off(cast):
    votes(cast.karim, cast.jonas, 8, asker=cast.anne)
    change_setting("points_are_on", "off", by=None, by_id=None)
    look_for_patterns()
    assert db.session.query(Suspicion).count() == 0


def test_votes_by_people_who_are_not_known_are_left_out(cast):
    """An imported vote has no voter."""
    reply = answered(asked(cast.anne), cast.jonas)
    set_reaction(reply, "helped", by=cast.karim)
    with db.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE reputation_facts SET actor_id = NULL")
    assert votes_since(LONG_AGO) == []
