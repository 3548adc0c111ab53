"""Lanes: one sweeper at a time in each, and a failing one stops no other."""

import pytest

from midtlink import sweeper
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.sweeper import (
    LANES,
    LEASE,
    Lane,
    Lease,
    LeaseLost,
    keep_lease,
    rest,
    sweep_once,
    take_lease,
)

HERE, THERE = "this sweeper", "another one"


@pytest.fixture(autouse=True)
def leases_not_known(monkeypatch):
    """Every test begins as a sweeper that knows of no lease."""
    monkeypatch.setattr(sweeper, "_held", {})


def held_until(lane):
    db.session.rollback()
    return db.session.get(Lease, lane.name, populate_existing=True).until


def a_lane(step):
    return Lane("a lane", 1, step)


@pytest.mark.both_databases
def test_a_lane_belongs_to_who_took_it_until_the_lease_ends(app, clock):
    assert take_lease("a lane", HERE)
    assert not take_lease("a lane", THERE)
    assert take_lease("another lane", THERE)
    clock.forward(seconds=LEASE.total_seconds() - 1)
    assert not take_lease("a lane", THERE)
    clock.forward(seconds=1)
    assert take_lease("a lane", THERE)
    assert not take_lease("a lane", HERE)


@pytest.mark.both_databases
def test_each_step_keeps_the_lease(app, clock):
    for _ in range(3):
        assert take_lease("a lane", HERE)
        clock.forward(minutes=1, seconds=30)
        assert not take_lease("a lane", THERE)


def test_a_lease_from_a_clock_far_ahead_counts_as_ended(app, clock):
    until = clock.moment + 2 * LEASE
    in_transaction(lambda: db.session.add(Lease(lane="a lane", holder=THERE, until=until)))
    assert take_lease("a lane", HERE)


def test_a_step_runs_only_with_the_lease(app, clock):
    steps = []
    lane = a_lane(lambda: steps.append("a step") or True)
    take_lease(lane.name, THERE)
    assert not sweep_once(app, lane, HERE)
    assert steps == []
    assert sweep_once(app, lane, THERE)
    assert steps == ["a step"]


def test_a_lease_is_written_again_only_when_half_of_it_has_passed(app, clock):
    lane = a_lane(lambda: False)
    sweep_once(app, lane, HERE)
    first = held_until(lane)
    clock.forward(seconds=50)
    sweep_once(app, lane, HERE)
    assert held_until(lane) == first
    clock.forward(seconds=50)
    sweep_once(app, lane, HERE)
    assert held_until(lane) > first


def test_a_long_step_keeps_the_lease_of_its_lane(app, clock):
    def long_step():
        for _ in range(5):
            clock.forward(seconds=90)
            keep_lease()

    sweep_once(app, a_lane(long_step), HERE)
    assert not take_lease("a lane", THERE)


def test_a_long_step_stops_when_another_sweeper_has_its_lane(app, clock):
    def long_step():
        clock.forward(seconds=LEASE.total_seconds() + 1)
        take_lease("a lane", THERE)
        with pytest.raises(LeaseLost):
            keep_lease()
        return True

    assert sweep_once(app, a_lane(long_step), HERE)


def test_outside_a_lane_there_is_no_lease_to_keep(app):
    keep_lease()
    assert db.session.query(Lease).count() == 0


def test_a_failing_lane_rests_longer_each_time():
    lane = Lane("a lane", 0.5, bool)
    assert [rest(lane, n) for n in (0, 1, 3)] == [0.5, 1.0, 4.0]
    assert rest(lane, 50) == 60
    assert rest(Lane("a slow lane", 3600, bool), 50) == 3600


def test_a_failing_step_is_logged_and_tried_again(app, clock, caplog):
    lane = a_lane(lambda: 1 / 0)
    assert not sweep_once(app, lane, HERE)
    assert "lane a lane failed" in caplog.text
    assert sweep_once(app, a_lane(lambda: True), HERE)


@pytest.mark.both_databases
def test_every_lane_can_be_swept_twice_with_nothing_to_do(app, caplog):
    swept = {name: [sweep_once(app, lane, HERE) for _ in range(2)] for name, lane in LANES.items()}
    assert {"drafts", "sign-ins", "removed texts"} <= set(swept)
    assert all(each == [False, False] for each in swept.values())
    assert "failed" not in caplog.text
