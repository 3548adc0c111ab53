"""Choosing a password: by link, by oneself, and what that ends."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people import hashing, links
from midtlink.people.activating import deactivate
from midtlink.people.attempts import SignInsStopped
from midtlink.people.models import PasswordLink, Person
from midtlink.people.passwords import change_password, check_new_password
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.signing_in import WrongPassword, find_signed_in
from midtlink.refusals import Refused
from tests.people.making import OTHER_PASSWORD, PASSWORD, sign_in, with_password
from tests.world.racing import all_at_once


def link(person, by=COMMAND_LINE):
    """Make a link for a person of the cast."""
    return in_transaction(lambda: links.make_link(db.session.get(Person, person.id), by=by))


def change(person, current, new, **more):
    """Change a password as the person does."""
    row = db.session.get(Person, person.id)
    change_password(row, current, new, **({"sign_in_id": None} | more))


@pytest.mark.both_databases
def test_link_sets_a_password_once(cast):
    token = link(cast.anne)
    links.use_link(token, PASSWORD)
    assert sign_in("anne")
    with pytest.raises(NotFound):
        links.use_link(token, OTHER_PASSWORD)


def test_looking_at_a_link_does_not_use_it_up(cast):
    token = link(cast.anne)
    assert links.find_link(token)
    assert links.find_link(token)


def test_link_is_stored_as_a_hash(cast):
    token = link(cast.anne)
    assert token not in db.session.query(PasswordLink).one().token_hash


def test_newer_link_ends_the_older(cast):
    older, newer = link(cast.anne), link(cast.anne)
    assert links.find_link(older) is None
    assert links.find_link(newer)


def test_link_is_dead_after_a_day(cast, clock):
    token = link(cast.anne)
    clock.forward(hours=24)
    assert links.find_link(token) is None


def test_link_of_a_clock_far_ahead_is_dead(cast, clock):
    clock.forward(days=3650)
    token = link(cast.anne)
    clock.forward(days=-3650)
    assert links.find_link(token) is None


def test_changed_password_ends_the_link(cast):
    with_password(cast.anne)
    token = link(cast.anne)
    change(cast.anne, PASSWORD, OTHER_PASSWORD)
    assert links.find_link(token) is None


def test_deactivation_ends_the_link(cast):
    token = link(cast.anne)
    in_transaction(lambda: deactivate(db.session.get(Person, cast.anne.id), by=COMMAND_LINE))
    assert links.find_link(token) is None


@pytest.mark.parametrize("token", ["", "x", "x" * 5000, "\ud800", "a\0b"])
def test_invented_link_opens_nothing(cast, token):
    link(cast.anne)
    with pytest.raises(NotFound):
        links.use_link(token, PASSWORD)


def test_nobody_gets_a_link_who_has_left(cast):
    with pytest.raises(Refused, match="inactive"):
        link(cast.leif)


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens"])
def test_only_administrators_make_links(cast, name):
    with pytest.raises(NotAllowed):
        link(cast.anne, by=getattr(cast, name))


@pytest.mark.both_databases
def test_link_used_by_two_at_once_sets_one_password(app, cast):
    token = link(cast.anne)
    results = all_at_once(
        app,
        [lambda: links.use_link(token, PASSWORD), lambda: links.use_link(token, OTHER_PASSWORD)],
        expected=NotFound,
    )
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "NotFound"]


@pytest.mark.both_databases
def test_new_password_ends_the_other_sign_ins_at_once(cast):
    with_password(cast.anne)
    here, elsewhere = sign_in("anne"), sign_in("anne")
    change(cast.anne, PASSWORD, OTHER_PASSWORD, sign_in_id=find_signed_in(here).id)
    assert find_signed_in(here)
    assert find_signed_in(elsewhere) is None


def test_reset_ends_every_sign_in_and_lets_a_stopped_name_begin_again(cast):
    with_password(cast.anne)
    token = sign_in("anne")
    for _ in range(5):
        with pytest.raises(WrongPassword):
            sign_in("anne", "gættet")
    links.use_link(link(cast.anne), OTHER_PASSWORD)
    assert find_signed_in(token) is None
    assert sign_in("anne", OTHER_PASSWORD)


def test_old_password_opens_nothing_any_more(cast):
    with_password(cast.anne)
    change(cast.anne, PASSWORD, OTHER_PASSWORD)
    with pytest.raises(WrongPassword):
        sign_in("anne", PASSWORD)


def test_guessing_the_current_password_counts_as_guessing_at_sign_in(cast):
    with_password(cast.anne)
    for _ in range(5):
        with pytest.raises(Refused, match="wrong_password"):
            change(cast.anne, "gættet", OTHER_PASSWORD)
    with pytest.raises(SignInsStopped):
        sign_in("anne")


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("", "password_too_short"),
        ("elleve tegn", "password_too_short"),
        ("x" * 201, "password_too_long"),
        ("aaaaaaaaaaaaaaa", "password_too_common"),
        ("Password1234!", "password_too_common"),
        ("min adgangskode", "password_too_common"),
        ("xx12345678xx", "password_too_common"),
        ("annemikkelsen2", "password_like_username"),
    ],
)
def test_bad_passwords_are_refused(app, new, code):
    with pytest.raises(Refused) as refused:
        check_new_password(new, "annemikkelsen")
    assert refused.value.code == code


def test_hash_of_weaker_parameters_is_renewed_at_sign_in(cast, monkeypatch):
    with_password(cast.anne)
    monkeypatch.setattr(hashing, "_hasher", hashing.PasswordHasher(2, 16, 1))
    sign_in("anne")
    assert not hashing.is_outdated(db.session.get(Person, cast.anne.id).password_hash)


@pytest.mark.full_hash
def test_hash_is_argon2_with_64_mebibytes():
    assert hashing.hash_password(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
