"""Registering, roles, activation: who may, and what two at once do."""

import pytest

from midtlink.access import ADMINISTRATOR, MODERATOR, NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people import activating, organising, roles
from midtlink.people.models import Department, Person, RoleGrant
from midtlink.people.policy import COMMAND_LINE, may_administer, may_change_profile
from midtlink.people.queries import get_person, list_people
from midtlink.people.registering import Particulars, change, register
from midtlink.privacy import PatientDataFound
from midtlink.refusals import BadInput, Refused
from tests.world.cast import make_person
from tests.world.racing import all_at_once


def add(username="bo", name="Bo Dam", email="", by=COMMAND_LINE):
    """Register a colleague."""
    particulars = Particulars(name=name, email=email)
    return in_transaction(lambda: register(username, particulars, None, by=by))


@pytest.mark.both_databases
def test_twenty_registrations_at_once_make_one_person(app):
    """T18."""
    results = all_at_once(app, [lambda: add(email="bo@hospital.example")] * 20, expected=Refused)
    assert sum(isinstance(each, Person) for each in results) == 1
    refused = [each for each in results if isinstance(each, Refused) and each.code == "taken"]
    assert len(refused) == 19
    assert db.session.query(Person).count() == 1


@pytest.mark.parametrize(("one", "other"), [("bo", "BO"), ("bo", "ｂｏ"), ("strasse", "straße")])
def test_look_alikes_are_one_name(app, one, other):
    add(one)
    with pytest.raises(Refused, match="taken"):
        add(other)


def test_address_belongs_to_one_person(app):
    add(email="bo@hospital.example")
    with pytest.raises(Refused, match="email: taken"):
        add("ib", email="BO@hospital.example")


@pytest.mark.parametrize(
    "username", ["", " ", "a b", "a/b", "../x", "-x", "é\0", "x" * 61, "\u200b"]
)
def test_bad_usernames_are_refused(app, username):
    with pytest.raises(Refused):
        add(username)


@pytest.mark.parametrize(("typed", "stored"), [("EN ", "en"), ("da", "da"), (" ", "da")])
def test_language_is_danish_or_english(app, typed, stored):
    particulars = Particulars(name="Bo Dam", language=typed)
    person = in_transaction(lambda: register("bo", particulars, None, by=COMMAND_LINE))
    assert person.language == stored


def test_no_other_language_is_taken(app):
    particulars = Particulars(name="Bo Dam", language="de")
    with pytest.raises(Refused, match="language: language"):
        in_transaction(lambda: register("bo", particulars, None, by=COMMAND_LINE))
    assert not db.session.query(Person).count()


def test_cpr_number_is_no_name(app):
    with pytest.raises(PatientDataFound):
        add(name="Bo 010190-1234")


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens"])
def test_only_administrators_register_and_change(cast, name):
    with pytest.raises(NotAllowed):
        add(by=getattr(cast, name))
    with pytest.raises(NotAllowed):
        in_transaction(lambda: change(cast.anne, Particulars(), None, by=getattr(cast, name)))


def test_nobody_is_no_administrator():
    """T14."""
    assert not may_administer(None)
    assert not may_change_profile(None, None)


@pytest.mark.both_databases
def test_role_is_given_and_taken(cast):
    assert cast.anne
    anne = get_person("anne")
    in_transaction(lambda: roles.grant_role(anne, MODERATOR, by=cast.astrid))
    in_transaction(lambda: roles.grant_role(anne, MODERATOR, by=cast.astrid))
    grant = db.session.query(RoleGrant).filter_by(person_id=anne.id).one()
    assert grant.granted_by_id == cast.astrid.id
    in_transaction(lambda: roles.revoke_role(get_person("anne"), MODERATOR, by=cast.astrid))
    assert not get_person("anne").has_role(MODERATOR)


def test_invented_role_is_refused(cast):
    with pytest.raises(BadInput):
        in_transaction(lambda: roles.grant_role(cast.anne, "king", by=COMMAND_LINE))


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens"])
def test_only_administrators_give_roles_and_deactivate(cast, name):
    by = getattr(cast, name)
    with pytest.raises(NotAllowed):
        in_transaction(lambda: roles.grant_role(cast.anne, ADMINISTRATOR, by=by))
    with pytest.raises(NotAllowed):
        in_transaction(lambda: activating.deactivate(cast.anne, by=by))
    with pytest.raises(NotAllowed):
        in_transaction(lambda: activating.activate(cast.leif, by=by))


def test_the_last_administrator_stays(cast):
    assert cast.astrid
    with pytest.raises(Refused, match="last_administrator"):
        in_transaction(lambda: activating.deactivate(get_person("astrid"), by=COMMAND_LINE))
    with pytest.raises(Refused, match="last_administrator"):
        in_transaction(
            lambda: roles.revoke_role(get_person("astrid"), ADMINISTRATOR, by=COMMAND_LINE)
        )


@pytest.mark.both_databases
def test_two_administrators_cannot_take_each_others_role_at_once(app, cast):
    assert cast.astrid
    make_person("poul", "Poul", "it", "It", ADMINISTRATOR)

    def take(name):
        work = lambda: roles.revoke_role(get_person(name), ADMINISTRATOR, by=COMMAND_LINE)  # noqa: E731
        return in_transaction(work)

    results = all_at_once(app, [lambda: take("astrid"), lambda: take("poul")], expected=Refused)
    assert sorted(type(each).__name__ for each in results) == ["NoneType", "Refused"]
    assert db.session.query(RoleGrant).filter_by(role=ADMINISTRATOR).count() == 1


@pytest.mark.both_databases
def test_one_department_comes_of_ten_at_once(app):
    def add_department():
        return in_transaction(
            lambda: organising.save_department(None, "Akut", None, by=COMMAND_LINE)
        )

    results = all_at_once(app, [add_department] * 10, expected=Refused)
    assert sum(isinstance(each, Refused) for each in results) == 9
    assert db.session.query(Department).count() == 1


def test_department_keeps_its_name_to_itself(app):
    save = organising.save_department
    in_transaction(lambda: save(None, "Ældre Medicin", None, by=COMMAND_LINE))
    with pytest.raises(Refused, match="taken"):
        in_transaction(lambda: save(None, "ældre medicin", None, by=COMMAND_LINE))


def test_places_are_saved_by_administrators_only(cast):
    for save in (
        lambda: organising.save_department(None, "X", None, by=cast.mogens),
        lambda: organising.save_site(None, "X", by=cast.mogens),
    ):
        with pytest.raises(NotAllowed):
            in_transaction(save)


@pytest.mark.both_databases
def test_list_of_people_neither_skips_nor_repeats(app):
    for number in range(45):
        make_person(f"person{number:02}", f"Person {number}", "", "Akut")
    first = list_people()
    make_person("person10a", "Somebody new", "", "Akut")
    second = list_people(after=first.next_cursor)
    third = list_people(after=second.next_cursor)
    seen = [each.username for page in (first, second, third) for each in page.rows]
    assert seen == [f"person{number:02}" for number in range(45)]
    assert third.next_cursor is None


@pytest.mark.both_databases
def test_people_are_found_by_part_of_a_name_in_any_capitals(app):
    make_person("oe", "Åse Østergård", "", "Akut")
    for words in ("øster", "ØSTER", "åse", "OE"):
        assert [each.username for each in list_people(words).rows] == ["oe"]
    assert not list_people("%").rows
