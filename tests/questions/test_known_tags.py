"""Which tags a person may know of, where their questions are hidden, deleted or gone."""

import pytest
from sqlalchemy import select

from midtlink.clock import now
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.questions.deleting import delete
from midtlink.questions.editing import edit
from midtlink.questions.queries.known_tags import known_to
from midtlink.topics.following import follow_tag
from midtlink.topics.models import Tag
from midtlink.topics.queries import find_tag
from midtlink.topics.tagging import add_synonym, describe_tag
from tests.questions.threads import asked

NAME = "ukendt-navn"


@pytest.fixture
def question(cast):
    """Anne's question, which alone has the tag."""
    return asked(cast.anne, tags=[NAME])


def who_knows(cast, name=NAME):
    everyone = ("anne", "karim", "bodil", "mogens", "astrid")
    named = select(Tag).where(Tag.name == name)
    people = {each: getattr(cast, each) for each in everyone}
    return {
        each for each, person in people.items() if db.session.scalar(named.where(known_to(person)))
    }


def test_everyone_knows_the_tag_of_a_question_that_they_read(cast, question):
    assert who_knows(cast) == {"anne", "karim", "bodil", "mogens", "astrid"}


@pytest.mark.parametrize(
    ("act", "known"),
    [
        (lambda question, cast: hide(question, by=cast.mogens), {"bodil", "mogens"}),
        (lambda question, cast: flag(question, reason="patient_data", by=cast.karim), {"mogens"}),
        (lambda question, cast: delete(question, by=cast.anne), {"anne", "mogens"}),
        (
            lambda question, cast: edit(question, body="", tags=[], from_revision=1, by=cast.anne),
            {"mogens"},
        ),
        (
            lambda question, _: in_transaction(lambda: setattr(question, "redacted_at", now())),
            {"mogens"},
        ),
    ],
    ids=["hidden", "patient data", "deleted", "taken off", "removed"],
)
def test_a_tag_is_known_to_those_who_read_its_only_question(cast, question, act, known):
    act(question, cast)
    assert who_knows(cast) == known
    asked(cast.anne, tags=[NAME])
    assert len(who_knows(cast)) == 5


@pytest.mark.parametrize(
    "act",
    [
        lambda tag, cast: describe_tag(tag, excerpt="Om det", description="", by=cast.karim),
        lambda tag, cast: describe_tag(tag, excerpt="", description="Om det", by=cast.karim),
        lambda tag, cast: follow_tag(tag, by=cast.karim),
        lambda tag, cast: add_synonym(tag, "andet-ord", by=cast.mogens),
    ],
    ids=["excerpt", "description", "follower", "synonym"],
)
def test_everyone_knows_a_tag_that_somebody_stands_behind(cast, question, act):
    act(find_tag(NAME), cast)
    hide(question, by=cast.mogens)
    assert len(who_knows(cast)) == 5


def test_a_synonym_is_as_known_as_its_tag(cast, question):
    add_synonym(find_tag(NAME), "andet-ord", by=cast.mogens)
    assert len(who_knows(cast, "andet-ord")) == 5
