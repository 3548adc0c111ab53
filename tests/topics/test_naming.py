"""Writing a tag's name gives the tag."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused
from midtlink.topics.models import Tag
from midtlink.topics.queries import find_tag, list_tags, tags_named
from tests.world.racing import all_at_once


def named(*names, by=None, **more):
    return [tag.name for tag in in_transaction(lambda: tags_named(names, by=by, **more))]


def test_a_new_word_becomes_a_tag_once(cast):
    assert named("Print", "epj", by=cast.anne) == ["print", "epj"]
    assert named("EPJ", "PRINT", "print", by=cast.karim) == ["epj", "print"]
    assert db.session.query(Tag).count() == 2


def test_look_alikes_are_one_tag(app):
    assert named("røntgen") == named("Roentgen") == ["røntgen"]


def test_a_question_has_at_most_five_tags(app):
    assert len(named("a1", "b2", "c3", "d4", "e5", "A1")) == 5
    with pytest.raises(Refused, match="too_many_tags"):
        named("a1", "b2", "c3", "d4", "e5", "f6")
    assert find_tag("f6") is None


def test_a_cpr_number_is_no_tag_nor_two_tags_side_by_side(app):
    for names in (["010190-1234"], ["010190", "1234"]):
        with pytest.raises(PatientDataFound):
            named(*names)
    assert list_tags() == []


@pytest.mark.both_databases
def test_twenty_people_write_the_same_new_word(app):
    done = all_at_once(app, [lambda: named("vagtbytte", "print")] * 20)
    assert done == [["vagtbytte", "print"]] * 20
    assert db.session.query(Tag).count() == 2


@pytest.mark.parametrize("typed", ["\x00", "%", "ukendt", "a" * 10_000])
def test_an_unknown_name_finds_nothing(app, typed):
    named("print")
    assert find_tag(typed) is None


def test_tags_are_found_by_a_part_of_their_name(app):
    named("fællespostkasse", "sikker-mail")
    assert [tag.name for tag in list_tags("POST")] == ["fællespostkasse"]
    assert [tag.name for tag in list_tags("sikker mail")] == ["sikker-mail"]
    assert [tag.name for tag in list_tags("%")] == []
    assert list_tags("\x00") == []
