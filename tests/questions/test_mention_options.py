"""Who could be meant by the letters after an @."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.questions.deleting import delete
from midtlink.questions.queries.mentionable import list_mentionable
from midtlink.topics.models import SuperUser
from tests.questions.threads import answered, asked, staff
from tests.topics.making import make_system
from tests.world.cast import department, make_person

pytestmark = pytest.mark.both_databases


@pytest.fixture
def town(cast):
    """Everybody of these tests, each made."""
    assert all((cast.anne, cast.jonas, cast.karim, cast.mogens, cast.bodil, cast.leif))
    return cast


def super_user_of(system, person):
    row = SuperUser(person_id=person.id, system_id=system.id, appointed_at=clock.now())
    in_transaction(lambda: db.session.add(row))
    return row


def offered(typed, by, thread=None):
    return [option.word for option in list_mentionable(typed, by=by, thread=thread)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("jo", ["jonas"]), ("JO", ["jonas"]), ("holt", ["jonas"]), ("jonas", ["jonas"]),
        ("onas", []), ("", []), ("@", []), (".", []), ("%", []), ("_", []), ("\\", []),
        ("j%", []), ("j_nas", []), ("\x00", []), ("\ud800", []), ("jo\x00", []),
    ],
)  # fmt: skip
def test_a_word_of_the_name_or_the_username_begins_so(town, typed, expected):
    assert offered(typed, town.anne) == expected


@pytest.mark.parametrize(
    "typed", ["s", "so", "sø", "soe", "SØ", "åg", "aag", "marie", "löl", "sören-å"]
)
def test_danish_letters_are_found_however_they_are_typed(town, typed):
    make_person("smaa", "Marie-Louise Søren-Ågård", "læge", "Akutafdelingen")
    make_person("lars", "Karl Löltoft", "læge", "Akutafdelingen")
    expected = {"löl": ["lars"], "sören-å": []}.get(typed, ["smaa"])
    assert offered(typed, town.anne) == expected


def test_usernames_may_hold_any_letter(town):
    make_person("ørn-é", "Navn", "læge", "Akutafdelingen")
    assert offered("oern-e", town.anne) == ["ørn-é"]


def test_neither_oneself_nor_who_has_left_is_offered(town):
    assert offered("anne", town.anne) == []
    assert offered("leif", town.anne) == []


def test_an_option_says_who_it_is_and_no_address(town):
    [option] = list_mentionable("jonas", by=town.anne)
    assert (option.name, option.profession) == ("Jonas Holt", "lægesekretær")
    assert option.department == "Medicinsk Afdeling"
    assert "example" not in repr(option)


def test_the_super_users_of_a_system_are_a_team(town):
    epj, pacs = make_system("EPJ"), make_system("PACS")
    super_user_of(epj, town.jonas)
    super_user_of(pacs, town.leif)
    assert [(each.kind, each.name) for each in list_mentionable("ep", by=town.anne)] == [
        ("team", "EPJ")
    ]
    assert offered("pacs", town.anne) == []


def test_a_team_whose_word_is_a_username_is_not_offered(town):
    super_user_of(make_system("EPJ"), town.jonas)
    make_person("epj", "Else Pil Jensen", "læge", "Akutafdelingen")
    assert offered("epj", town.anne) == ["epj"]


@pytest.mark.parametrize("typed", ["akut", "afd.akut", "Akutafd"])
def test_departments_are_offered_by_name(town, typed):
    assert offered(typed, town.jonas) == ["afd.akutafdelingen"]


def test_of_departments_with_one_word_the_first_is_offered(town):
    in_transaction(lambda: (department("Røntgen"), db.session.flush(), department("Roentgen")))
    assert [each.name for each in list_mentionable("roent", by=town.anne)] == ["Røntgen"]


def test_the_thread_comes_first_then_ones_department_then_the_rest(town):
    make_person("kolle", "Kolle", "læge", "It-afdelingen")
    nearby = make_person("kollega-x", "Åse Kollega", "læge", "Akutafdelingen")
    writer = make_person("kollega-y", "Ø Kollega", "læge", "It-afdelingen")
    far = make_person("kollega-a", "Anders Kollega", "læge", "It-afdelingen")
    question = asked(town.anne)
    answered(question, writer)
    everybody = [writer.username, nearby.username, far.username]
    assert offered("kollega", town.anne, question) == everybody
    assert offered("kollega", town.anne) == [nearby.username, far.username, writer.username]
    assert offered("kolle", town.anne, question) == ["kolle", *everybody]


def test_at_most_eight_are_offered_and_others_than_people_find_room(town):
    staff(12)
    super_user_of(make_system("Kollektiv"), town.jonas)
    in_transaction(lambda: department("Kollegiet"))
    options = list_mentionable("koll", by=town.anne)
    assert [each.kind for each in options] == ["person"] * 6 + ["team", "department"]


def test_who_wrote_what_is_deleted_is_not_told_by_the_order(town):
    writer = make_person("kollega-y", "Ø Kollega", "læge", "It-afdelingen")
    make_person("kollega-a", "Anders Kollega", "læge", "It-afdelingen")
    question = asked(town.anne)
    delete(answered(question, writer), by=writer)
    assert offered("kollega", town.anne, question) == ["kollega-a", "kollega-y"]


def test_in_a_hidden_thread_only_those_are_offered_who_read_it(town):
    make_system("Bo")
    question = asked(town.jonas)
    hide(question, by=town.mogens)
    typed = {name: offered(name, town.mogens, question) for name in ("jonas", "karim", "bo")}
    assert typed == {"jonas": [], "karim": [], "bo": ["bodil"]}
    in_transaction(lambda: setattr(question, "hidden_because", "patient_data"))
    assert offered("bo", town.mogens, question) == []
    assert offered("mog", town.bodil, question) == ["mogens"]
    assert offered("afd.akut", town.mogens, question) == []


def test_in_a_deleted_thread_its_author_and_moderators_are_offered(town):
    question = asked(town.jonas)
    delete(question, by=town.jonas)
    assert offered("mog", town.jonas, question) == ["mogens"]
    assert offered("jon", town.mogens, question) == ["jonas"]
    assert offered("bod", town.mogens, question) == []
