"""Appointing super-users."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Refused
from midtlink.topics.appointing import appoint, end_appointment
from midtlink.topics.models import SuperUser, System
from midtlink.topics.queries import appointments_of, list_super_users, systems_of
from tests.topics.making import make_system
from tests.world.racing import all_at_once


def make(person, by, **of):
    return in_transaction(lambda: appoint(person, by=by, **of))


def end(row, by):
    in_transaction(lambda: end_appointment(row.id, by=by))


def test_a_colleague_becomes_super_user_of_a_system_in_a_department(cast):
    epj = make_system()
    row = make(cast.anne, cast.astrid, system=epj, department=cast.anne.department)
    assert list_super_users(epj) == [row]
    assert appointments_of(cast.anne) == [row]
    assert systems_of(cast.anne) == [epj]


def test_the_same_appointment_again_is_the_one_that_stands(cast):
    epj = make_system()
    assert make(cast.anne, cast.astrid, system=epj) is make(cast.anne, cast.astrid, system=epj)


def test_an_ended_appointment_stays_as_a_dated_row(cast, clock):
    epj = make_system()
    row = make(cast.anne, cast.astrid, system=epj)
    end(row, cast.astrid)
    ended_at = row.ended_at
    clock.forward(days=1)
    end(row, cast.astrid)
    assert row.ended_at == ended_at is not None
    assert list_super_users(epj) == appointments_of(cast.anne) == systems_of(cast.anne) == []
    assert make(cast.anne, cast.astrid, system=epj) is not row


def test_a_super_user_is_one_of_something_and_still_here(cast):
    with pytest.raises(Refused, match="of_nothing"):
        make(cast.anne, cast.astrid)
    with pytest.raises(Refused, match="unknown_person"):
        make(cast.leif, cast.astrid, system=make_system())
    with pytest.raises(NotFound):
        in_transaction(lambda by=cast.astrid: end_appointment(99, by=by))


def test_only_an_administrator_appoints(cast):
    epj = make_system()
    row = make(cast.anne, cast.astrid, system=epj)
    for person in (None, cast.anne, cast.bodil, cast.mogens):
        with pytest.raises(NotAllowed):
            make(cast.karim, person, system=epj)
        with pytest.raises(NotAllowed):
            end(row, person)
    assert list_super_users() == [row]


def test_a_colleague_who_has_left_is_no_super_user(cast):
    row = make(cast.anne, cast.astrid, system=make_system())
    in_transaction(lambda: setattr(row.person, "is_active", False))
    assert list_super_users() == []


@pytest.mark.both_databases
def test_twenty_presses_at_once_leave_one_appointment(app, cast):
    anne_id, astrid_id, epj_id = cast.anne.id, cast.astrid.id, make_system().id

    def press():
        def work():
            system = db.session.get(System, epj_id)
            by = db.session.get(Person, astrid_id)
            return appoint(db.session.get(Person, anne_id), system=system, by=by).id

        return in_transaction(work)

    assert len(set(all_at_once(app, [press] * 20))) == 1
    assert db.session.query(SuperUser).count() == 1
