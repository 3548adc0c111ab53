"""Finding somebody who knows, without telling of anybody who has not said yes."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.people.models import Person
from midtlink.reputation.experts import known_of, list_experts
from midtlink.reputation.topics_called import topics_called
from midtlink.reputation.whom_to_ask import list_colleagues
from midtlink.settings.changing import change_setting
from midtlink.topics.appointing import end_appointment
from midtlink.topics.duty import begin_duty
from midtlink.topics.models import System
from midtlink.topics.naming import tags_named
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS
from tests.questions.threads import answered, asked, staff
from tests.reputation.experts_made import appointed, change, consent, known_for
from tests.topics.making import make_system

pytestmark = pytest.mark.both_databases


@pytest.fixture
def epj(clock):
    return make_system("EPJ", words="journal, notat")


@pytest.fixture
def tag(cast, clock):
    anne = cast.anne
    return in_transaction(lambda: tags_named(["medicinkort"], by=anne)[0])


def names(**wanted):
    db.session.rollback()
    return [each.person.username for each in list_colleagues(**wanted).rows]


def about(words="", *systems, **chosen):
    return {"topics": topics_called(words, systems, **chosen)}


def test_enough_points_and_accepted_answers_make_known(cast, epj):
    people = staff(3)
    for person, points, accepted in zip(
        people, (KNOWN_POINTS - 1, KNOWN_POINTS, KNOWN_POINTS), (9, KNOWN_ACCEPTED - 1, 5),
        strict=True,
    ):  # fmt: skip
        consent(person)
        known_for(person, epj, points=points, accepted=accepted)
    assert list_experts("system", epj.id) == [people[2]]
    assert names() == [people[2].username]


@pytest.mark.parametrize(
    "choices", [{"is_listed": False}, {"shows_expertise": False}, {"hides_points": True}]
)
def test_who_has_not_said_yes_is_in_no_list(cast, epj, choices):
    consent(cast.jonas, **choices)
    known_for(cast.jonas, epj)
    assert list_experts("system", epj.id) == []
    assert names() == names(**about("epj", epj)) == names(department_id=cast.jonas.department_id)
    assert names() == []


def test_who_has_left_is_in_no_list(cast, epj):
    consent(cast.leif)
    known_for(cast.leif, epj)
    appointed(cast.jonas, system=epj, by=cast.astrid)
    change(Person, cast.jonas.id, is_active=False)
    assert list_experts("system", epj.id) == [] and names() == []


def test_without_points_only_super_users_are_told_of(cast, epj):
    consent(cast.jonas)
    known_for(cast.jonas, epj)
    appointed(cast.karim, system=epj, by=cast.astrid)
    change_setting("points_are_on", "off", by=None, by_id=None)
    assert list_experts("system", epj.id) == [] and names() == ["karim"]


def test_people_stand_by_name_and_never_by_points(cast, epj):
    for person, points in ((cast.jonas, 900), (cast.anne, 300), (cast.karim, 5000)):
        consent(person)
        known_for(person, epj, points=points)
    assert names() == ["anne", "jonas", "karim"]
    assert [each.username for each in list_experts("system", epj.id)] == names()


def test_found_by_system_tag_word_and_department(cast, epj, tag):
    for person, topic in ((cast.jonas, epj), (cast.anne, tag)):
        consent(person)
        known_for(person, topic)
    assert names(**about(system=epj)) == names(**about("Journalen", epj)) == ["jonas"]
    assert names(**about("noget om journal", epj)) == names(**about("EPJ'en?", epj)) == ["jonas"]
    assert names(**about("medicin", epj)) == names(**about("", tag=tag)) == ["anne"]
    assert names(**about("medicin EPJ", epj)) == ["anne", "jonas"]
    assert names(**about("?!", epj)) == names(**about("i", epj)) == []
    assert names(department_id=cast.anne.department_id) == ["anne"]


def test_a_word_that_begins_with_a_tag_means_the_tag(cast, tag, epj):
    consent(cast.anne)
    known_for(cast.anne, tag)
    assert names(**about("medicinkortene", epj)) == ["anne"]
    assert names(**about("%", epj)) == names(**about("___", epj)) == []


def test_super_users_are_found_by_system_and_by_department(cast, epj):
    appointed(cast.jonas, system=epj, by=cast.astrid)
    of = {"department": cast.anne.department, "by": cast.astrid}
    of_department = appointed(cast.karim, **of)
    assert names() == ["jonas", "karim"]
    assert names(**about("epj", epj)) == ["jonas"]
    assert names(department_id=cast.anne.department_id) == ["karim"]
    end_appointment(of_department.id, by=cast.astrid)
    assert names() == ["jonas"]


def test_who_is_on_duty_stands_first_and_answers_now(cast, epj):
    for person in (cast.anne, cast.karim):
        appointed(person, system=epj, by=cast.astrid)
    begin_duty(by=cast.karim)
    assert names() == ["karim", "anne"]
    assert names(only_now=True) == ["karim"]


def test_who_has_answered_lately_answers_now_if_they_said_yes(cast, epj, clock):
    answered(asked(cast.anne, system_slug="epj"), cast.jonas)
    appointed(cast.karim, system=epj, by=cast.astrid)
    begin_duty(by=cast.karim)
    assert names(only_now=True) == ["karim"]
    consent(cast.jonas, shows_expertise=False)
    assert names(only_now=True) == names(only_now=True, **about("epj", epj)) == ["karim", "jonas"]
    assert names(only_now=True, **about("pacs", epj)) == []
    consent(cast.jonas, hides_points=True)
    assert names(only_now=True) == ["karim"]
    consent(cast.jonas)
    clock.forward(minutes=31)
    assert names(only_now=True) == ["karim"]


@pytest.mark.parametrize("what", ["answer", "question"])
def test_an_answer_that_nobody_sees_tells_nothing(cast, epj, what):
    reply = answered(asked(cast.anne), cast.jonas)
    consent(cast.jonas)
    hide(reply if what == "answer" else reply.question, by=cast.mogens, because="Grim")
    assert names(only_now=True) == []


def test_a_super_users_answers_are_told_only_with_their_consent(cast, epj):
    appointed(cast.jonas, system=epj, by=cast.astrid)
    answered(asked(cast.anne), cast.jonas)
    assert [each.answers_now for each in list_colleagues().rows] == [False]
    consent(cast.jonas)
    assert [each.answers_now for each in list_colleagues().rows] == [True]


def test_pages_of_people_neither_skip_nor_repeat(cast, epj):
    people = staff(45)
    for person in people:
        consent(person)
        known_for(person, epj)
    appointed(people[44], system=epj, by=cast.astrid)
    begin_duty(by=people[44])
    seen, cursor = [], None
    while True:
        page = list_colleagues(cursor=cursor)
        seen += [each.person.id for each in page.rows]
        cursor = page.next_cursor
        if cursor is None:
            break
    assert seen[0] == people[44].id
    assert sorted(seen) == sorted(person.id for person in people)


def test_a_profile_tells_others_only_with_consent(cast, epj, tag):
    for topic in (epj, tag):
        known_for(cast.jonas, topic)

    def told(viewer):
        return [each.name for each in known_of(cast.jonas, seen_by=viewer).topics]

    assert told(cast.jonas) == ["EPJ", "medicinkort"]
    assert told(cast.anne) == told(cast.astrid) == told(cast.mogens) == []
    consent(cast.jonas, is_listed=False)
    assert told(cast.anne) == ["EPJ", "medicinkort"]
    consent(cast.jonas, hides_points=True)
    assert told(cast.anne) == []


def test_who_owns_a_system_is_told_to_all(cast, epj):
    change(System, epj.id, owner_id=cast.jonas.id)
    assert [each.name for each in known_of(cast.jonas, seen_by=cast.anne).owned] == ["EPJ"]
