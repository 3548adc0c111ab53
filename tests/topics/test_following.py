"""Following systems and tags."""

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.following import follow_system, follow_tag, unfollow_system, unfollow_tag
from midtlink.topics.models import System, SystemFollow, Tag, TagFollow
from midtlink.topics.naming import tags_named
from midtlink.topics.queries import systems_of, tags_of
from tests.topics.making import make_system
from tests.world.racing import all_at_once


def make_tag(name):
    return in_transaction(lambda: tags_named([name], by=None))[0]


def test_a_person_follows_and_unfollows_a_system(cast):
    anne, epj = cast.anne, make_system("EPJ")
    in_transaction(lambda: follow_system(epj, by=anne))
    assert systems_of(anne) == [epj]
    in_transaction(lambda: unfollow_system(epj, by=anne))
    assert systems_of(anne) == []


def test_a_person_follows_and_unfollows_a_tag(cast):
    anne, tag = cast.anne, make_tag("print")
    in_transaction(lambda: follow_tag(tag, by=anne))
    assert tags_of(anne) == [tag]
    in_transaction(lambda: unfollow_tag(tag, by=anne))
    assert tags_of(anne) == []


@pytest.mark.parametrize("verb", [follow_system, unfollow_system, follow_tag, unfollow_tag])
def test_who_has_left_or_is_nobody_follows_nothing(cast, verb):
    topic = make_system() if "system" in verb.__name__ else make_tag("print")
    for person in (cast.leif, None):
        with pytest.raises(NotAllowed):
            in_transaction(lambda person=person: verb(topic, by=person))
    assert db.session.query(SystemFollow).count() == db.session.query(TagFollow).count() == 0


def test_a_system_out_of_use_is_left_but_not_followed(cast):
    anne, karim, old = cast.anne, cast.karim, make_system("Gammel")
    in_transaction(lambda: follow_system(old, by=anne))
    in_transaction(lambda: setattr(old, "is_active", False))
    with pytest.raises(NotAllowed):
        in_transaction(lambda: follow_system(old, by=karim))
    in_transaction(lambda: unfollow_system(old, by=anne))
    assert db.session.query(SystemFollow).count() == 0


@pytest.mark.both_databases
@pytest.mark.parametrize("kind", ["system", "tag"])
def test_forty_presses_at_once_leave_one_follow(app, cast, kind):
    topic_id = (make_system() if kind == "system" else make_tag("print")).id
    anne_id = cast.anne.id
    model, verb, row = {
        "system": (System, follow_system, SystemFollow),
        "tag": (Tag, follow_tag, TagFollow),
    }[kind]

    def press():
        def work():
            verb(db.session.get(model, topic_id), by=db.session.get(Person, anne_id))

        in_transaction(work)

    all_at_once(app, [press] * 40)
    assert db.session.query(row).count() == 1
