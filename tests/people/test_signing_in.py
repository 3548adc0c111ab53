"""Signing in: who gets in, for how long, and after how many wrong passwords no more."""

from datetime import timedelta

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people import hashing, signing_in
from midtlink.people.activating import deactivate
from midtlink.people.attempts import SignInsStopped
from midtlink.people.identity import token_hash
from midtlink.people.models import Person, SignIn, SignInAttempt
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.signing_in import WrongPassword, find_signed_in
from midtlink.people.signing_out import sign_out
from tests.people.making import PASSWORD, sign_in, with_password
from tests.world.racing import all_at_once


@pytest.mark.both_databases
def test_right_password_gives_a_living_sign_in(cast):
    with_password(cast.anne)
    assert find_signed_in(sign_in("anne")).person.id == cast.anne.id


def test_name_is_read_as_people_write_it(cast):
    with_password(cast.anne)
    assert find_signed_in(sign_in("  ANNE "))


def test_only_a_hash_of_the_token_is_stored(cast):
    with_password(cast.anne)
    token = sign_in("anne")
    stored = db.session.query(SignIn).one().token_hash
    assert stored == token_hash(token)
    assert token not in stored


def test_every_sign_in_has_a_token_of_its_own(cast):
    with_password(cast.anne)
    assert sign_in("anne") != sign_in("anne")


@pytest.mark.parametrize(
    "name", ["anne", "nobody", "leif", "karim", "", "x" * 500, "a\0b", "\ud800"]
)
def test_everybody_else_is_told_the_same(cast, name):
    with_password(cast.anne)
    with_password(cast.leif)
    assert cast.karim.password_hash is None
    with pytest.raises(WrongPassword):
        sign_in(name, "gættet" if name == "anne" else PASSWORD)


def test_nobody_is_refused_faster_than_somebody(cast, monkeypatch):
    """The hash is what takes time: every name reaches it once (T21)."""
    with_password(cast.anne)
    hashed = []
    real = hashing._hasher.verify
    monkeypatch.setattr(
        hashing, "_hasher", Counted(hashing._hasher, lambda *args: hashed.append(1) or real(*args))
    )
    for name in ("anne", "nobody", "leif", "karim"):
        with pytest.raises(WrongPassword):
            sign_in(name, "gættet")
    assert len(hashed) == 4


class Counted:
    """The real hasher with a counter on `verify`."""

    def __init__(self, real, verify):
        self.real, self.verify = real, verify

    def __getattr__(self, name):
        return getattr(self.real, name)


def test_password_of_another_keyboard_is_the_same(cast):
    with_password(cast.anne, "blåbærgrød på køl")
    assert sign_in("anne", "bla\u030abærgrød pa\u030a køl")


@pytest.mark.both_databases
def test_five_wrong_passwords_stop_the_name(cast, clock):
    with_password(cast.anne)
    fail(5)
    with pytest.raises(SignInsStopped) as stopped:
        sign_in("anne")
    assert stopped.value.minutes == 30
    clock.forward(minutes=31)
    assert sign_in("anne")


def fail(times, name="anne"):
    for _ in range(times):
        with pytest.raises(WrongPassword):
            sign_in(name, "gættet")


def test_success_clears_the_failures(cast):
    with_password(cast.anne)
    fail(4)
    sign_in("anne")
    fail(4)
    assert sign_in("anne")


def test_one_name_stops_no_other_at_the_same_address(cast):
    with_password(cast.anne)
    with_password(cast.jonas)
    fail(5)
    assert sign_in("jonas")


def test_a_name_that_nobody_has_is_stopped_the_same_way(app):
    fail(5, "nobody")
    with pytest.raises(SignInsStopped):
        sign_in("nobody", "gættet")


def test_what_was_typed_as_a_name_is_not_stored(app):
    fail(1, "min hemmelige kode")
    assert "hemmelig" not in db.session.query(SignInAttempt).one().name_hash


def test_failures_of_a_clock_far_ahead_stop_nobody(cast, clock):
    with_password(cast.anne)
    clock.forward(days=3650)
    fail(5)
    clock.forward(days=-3650)
    assert sign_in("anne")


@pytest.mark.both_databases
def test_a_hundred_tries_at_once_reach_the_hash_five_times(app, cast, monkeypatch):
    """T19, counted on the hash itself."""
    with_password(cast.anne)
    reached = []
    monkeypatch.setattr(hashing, "matches", lambda *_: reached.append(1) and False)
    refusals = (WrongPassword, SignInsStopped)
    results = all_at_once(app, [lambda: sign_in("anne", "gættet")] * 100, expected=refusals)
    assert len(reached) == 5
    assert {type(each) for each in results} == {WrongPassword, SignInsStopped}


def test_idle_screen_is_signed_out_after_fifteen_minutes(cast, clock):
    with_password(cast.anne)
    token = sign_in("anne")
    clock.forward(minutes=14, seconds=59)
    assert find_signed_in(token)
    clock.forward(seconds=1)
    assert find_signed_in(token) is None


def test_own_computer_may_be_left_for_longer(cast, clock):
    with_password(cast.anne)
    token = sign_in("anne", is_own_computer=True)
    clock.forward(hours=3, minutes=59)
    assert find_signed_in(token)


def test_no_sign_in_lasts_longer_than_twelve_hours(cast, clock):
    with_password(cast.anne)
    token = sign_in("anne", is_own_computer=True)
    for _ in range(6):
        clock.forward(hours=2)
        in_transaction(lambda: signing_in.renew(db.session.query(SignIn).one().id))
    assert find_signed_in(token) is None


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=1), timedelta(hours=3)])
def test_sign_in_of_a_clock_that_was_ahead_is_over(cast, clock, jump):
    with_password(cast.anne)
    clock.moment += jump
    token = sign_in("anne")
    clock.moment -= jump
    assert find_signed_in(token) is None


def test_clock_an_hour_back_signs_nobody_out_and_adds_no_day(cast, clock):
    with_password(cast.anne)
    token = sign_in("anne")
    clock.forward(hours=-1)
    assert signing_in.seconds_left(find_signed_in(token)) == 15 * 60
    clock.forward(hours=13)
    assert find_signed_in(token) is None


def test_ended_sign_in_stays_ended(cast):
    with_password(cast.anne)
    token = sign_in("anne")
    row = find_signed_in(token)
    in_transaction(lambda: sign_out(row.id))
    assert find_signed_in(token) is None


def test_who_has_left_is_out_at_once(cast):
    with_password(cast.anne)
    token = sign_in("anne")
    in_transaction(lambda: deactivate(db.session.get(Person, cast.anne.id), by=COMMAND_LINE))
    assert find_signed_in(token) is None


@pytest.mark.both_databases
def test_sign_in_takes_one_statement_to_find(cast, statements):
    with_password(cast.anne)
    token = sign_in("anne")
    find_signed_in(token)  # The settings are read now.
    db.session.expunge_all()
    with statements as sent:
        person = find_signed_in(token).person
        assert person.department.site and not person.has_role("it")
    assert len(sent) == 1
