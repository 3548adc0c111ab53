"""Filling a database: once, the same each time, and never beside real people."""

import pytest
from sqlalchemy import select

from midtlink import clock
from midtlink.demo import filling
from midtlink.demo.filling import NotEmpty, count_questions, fill, fill_up_to
from midtlink.events import in_transaction, on
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.events import Imported
from midtlink.questions.models import Post, Question
from tests.world.databases import wipe

#: Salted, and so another one each time.
RANDOM = {"password_hash"}


def content():
    """Everything in the database but what is random by nature."""
    return {
        table.name: sorted(
            str([value for name, value in row._mapping.items() if name not in RANDOM])
            for row in db.session.execute(select(table))
        )
        for table in db.metadata.sorted_tables
    }


@pytest.mark.both_databases
def test_two_databases_are_filled_alike(app, clock):
    fill()
    once = content()
    wipe()
    fill()
    assert content() == once


@pytest.mark.both_databases
def test_filling_again_changes_nothing(app):
    assert fill()
    before = content()
    assert not fill()
    assert content() == before


def test_a_database_with_other_people_is_left_alone(cast):
    assert cast.karim
    with pytest.raises(NotEmpty):
        fill()
    assert count_questions() == 0


def test_all_is_told_at_once_as_imported(app):
    told = []
    on(Imported)(told.append)
    fill()
    assert [fact.origin for fact in told] == [filling.ORIGIN]
    assert len(told[0].post_ids) == db.session.query(Post).count()


@pytest.mark.both_databases
def test_variants_fill_up_to_the_number_that_was_asked_for(app):
    fill()
    present = count_questions()
    assert fill_up_to(present + 60) == 60
    assert fill_up_to(present + 60) == 0
    assert count_questions() == present + 60


@pytest.mark.both_databases
def test_the_next_question_gets_the_next_number(app):
    fill()
    last = db.session.scalars(select(Post.id).order_by(Post.id.desc()).limit(1)).one()
    asked = in_transaction(_ask)
    assert asked.id == last + 1


def _ask():
    anne = db.session.query(Person).filter_by(username="anne").one()
    moment = clock.now()
    question = Question(title="Et til", author=anne, created_at=moment, active_at=moment)
    db.session.add(question)
    return question
