"""A super-user is on duty, for as long as they say or for twelve hours."""

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.appointing import appoint, end_appointment
from midtlink.topics.duty import begin_duty, end_duty
from midtlink.topics.models import SuperUser
from tests.topics.making import make_system
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


@pytest.fixture
def appointments(cast, clock):
    """Jonas's appointments: of EPJ, and of his department."""
    epj, jonas, by = make_system("EPJ"), cast.jonas, cast.astrid
    return in_transaction(
        lambda: [
            appoint(jonas, system=epj, by=by),
            appoint(jonas, department=jonas.department, by=by),
        ]
    )


def on_duty():
    db.session.rollback()
    return [row.is_on_duty for row in db.session.query(SuperUser).order_by(SuperUser.id)]


def acts():
    entries = db.session.query(JournalEntry).filter(JournalEntry.act.startswith("Duty"))
    return [entry.act for entry in entries.order_by(JournalEntry.id)]


def test_one_press_is_for_all_that_one_looks_after(cast, appointments):
    begin_duty(by=cast.jonas)
    assert on_duty() == [True, True]
    end_duty(by=cast.jonas)
    assert on_duty() == [False, False]
    assert acts() == ["DutyBegun", "DutyEnded"]


def test_a_duty_ends_by_itself_after_twelve_hours(cast, appointments, clock):
    begin_duty(by=cast.jonas)
    clock.forward(hours=11, minutes=59)
    assert on_duty() == [True, True]
    clock.forward(minutes=1)
    assert on_duty() == [False, False]
    end_duty(by=cast.jonas)
    assert acts() == ["DutyBegun"]


def test_pressing_again_changes_nothing(cast, appointments, clock):
    begin_duty(by=cast.jonas)
    clock.forward(hours=1)
    begin_duty(by=cast.jonas)
    clock.forward(hours=11)
    assert on_duty() == [False, False]
    end_duty(by=cast.jonas)
    assert acts() == ["DutyBegun"]


def test_an_appointment_that_came_later_joins_at_the_next_press(cast, appointments, clock):
    begin_duty(by=cast.jonas)
    pacs = make_system("PACS")
    in_transaction(lambda: appoint(cast.jonas, system=pacs, by=cast.astrid))
    assert on_duty() == [True, True, False]
    begin_duty(by=cast.jonas)
    assert on_duty() == [True, True, True]


def test_two_presses_at_once_begin_one_duty(app, cast, appointments):
    def press(person_id):
        return lambda: in_transaction(lambda: begin_duty(by=db.session.get(Person, person_id)))

    all_at_once(app, [press(cast.jonas.id)] * 4)
    assert acts() == ["DutyBegun"]


@pytest.mark.parametrize("verb", [begin_duty, end_duty])
def test_only_super_users_are_on_duty(cast, appointments, verb):
    for person in (cast.anne, cast.astrid, cast.mogens, None):
        with pytest.raises(NotAllowed):
            verb(by=person)
    assert on_duty() == [False, False]


def test_an_ended_appointment_is_on_duty_no_more(cast, appointments):
    begin_duty(by=cast.jonas)
    for row in appointments:
        in_transaction(lambda of=row.id: end_appointment(of, by=cast.astrid))
    assert on_duty() == [False, False]
    with pytest.raises(NotAllowed):
        begin_duty(by=cast.jonas)


def test_the_switch_stands_where_super_users_are(visit, cast, appointments):
    paths = ("/system/epj", "/p/jonas", "/mig")
    for path in paths:
        assert visit.get(path, as_=cast.jonas).form("/mig/vagt")["wanted"] == "on"
        assert not visit.get(path.replace("jonas", "anne"), as_=cast.anne).has_form("/mig/vagt")
    visit.post("/mig/vagt", as_=cast.jonas, wanted="on", next="/system/epj")
    for path in paths:
        assert visit.get(path, as_=cast.jonas).form("/mig/vagt")["wanted"] == "off"
    assert "På vagt til kl. 11.40" in visit.get("/system/epj", as_=cast.anne).text
    assert "På vagt til kl. 11.40" in visit.get("/p/jonas", as_=cast.anne).text


@pytest.mark.parametrize("wanted", ["", "ja", "true", "[]"])
def test_the_switch_takes_on_or_off_alone(visit, cast, appointments, wanted):
    visit.post("/mig/vagt", as_=cast.jonas, status=400, wanted=wanted)
    assert on_duty() == [False, False]


def test_others_cannot_press_the_switch(visit, cast, appointments):
    visit.post("/mig/vagt", as_=cast.anne, status=403, wanted="on")
    visit.get("/mig/vagt", as_=cast.jonas, status=405)
