"""Rows that nobody told of, from an import, the demo or an older database, get their points."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.events import Imported
from midtlink.questions.records import Acceptance, Hiding, Reaction
from midtlink.reputation.ledger.rebuilding import check, rebuild
from midtlink.reputation.ledger.stored_book import lines_where
from midtlink.reputation.models import Fact
from tests.questions.threads import answered, asked, staff

pytestmark = pytest.mark.both_databases


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


def write(*things):
    in_transaction(lambda: db.session.add_all(things))


def bring_in(*posts):
    ids = tuple(post.id for post in posts)
    in_transaction(lambda: publish(Imported(by_id=None, origin="beer", post_ids=ids)))


def vote(post, clock, by=None, kind="helped", key=None, **more):
    origin = {"origin": "beer", "origin_key": key} if key else {}
    return Reaction(
        post_id=post.id,
        kind=kind,
        person_id=by.id if by else None,
        set_at=clock.moment,
        **origin,
        **more,
    )


def test_imported_votes_get_points_by_the_same_rules(cast, clock, reply):
    write(
        vote(reply, clock, key="1"),
        vote(reply, clock, key="2"),
        vote(reply, clock, kind="down", key="3"),
        vote(reply.question, clock, kind="good", key="4"),
    )
    bring_in(reply, reply.question)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (20, 5)
    assert not check()


def test_what_is_brought_in_twice_counts_once(cast, clock, reply):
    write(vote(reply, clock, key="1"))
    bring_in(reply)
    bring_in(reply)
    assert points_of(cast.jonas) == 10
    assert db.session.query(Fact).count() == 1


def test_a_vote_that_a_later_dump_writes_anew_is_the_same(cast, clock, reply):
    write(vote(reply, clock, key="1"))
    bring_in(reply)
    in_transaction(lambda: db.session.execute(delete(Reaction)))
    write(vote(reply, clock, key="1"))
    bring_in(reply)
    assert points_of(cast.jonas) == 10


def test_a_vote_that_a_later_dump_lacks_is_taken_back(cast, clock, reply):
    write(vote(reply, clock, key="1"), vote(reply, clock, key="2"))
    bring_in(reply)
    in_transaction(lambda: db.session.execute(delete(Reaction).where(Reaction.origin_key == "1")))
    bring_in(reply)
    assert points_of(cast.jonas) == 10
    assert not check()


def test_a_choice_that_a_later_dump_lacks_is_taken_back(cast, clock, reply):
    chosen = Acceptance(
        question_id=reply.question.id,
        answer_id=reply.id,
        by_id=cast.anne.id,
        accepted_at=clock.moment,
        origin="beer",
    )
    write(chosen)
    bring_in(reply.question)
    assert points_of(cast.jonas) == 15 + 5
    in_transaction(lambda: db.session.execute(delete(Acceptance)))
    bring_in(reply.question)
    assert points_of(cast.jonas) == 0
    assert not check()


def test_each_vote_counts_on_the_day_it_was_set(cast, clock, reply):
    votes = []
    for number in range(50):
        if number % 25 == 0:
            clock.moment += timedelta(days=1)
        votes.append(vote(reply, clock, key=str(number)))
    write(*votes)
    bring_in(reply)
    assert points_of(cast.jonas) == 2 * 200
    assert not check()


def test_who_has_the_problem_gives_more_and_nobody_else(cast, clock, reply):
    other = answered(asked(cast.karim, "Noget andet"), cast.jonas)
    write(
        vote(reply.question, clock, by=cast.karim, kind="same"),
        vote(reply, clock, by=cast.karim),
        vote(reply, clock, by=cast.bodil),
        vote(other, clock, by=cast.bodil),
    )
    bring_in(reply, other)
    assert points_of(cast.jonas) == 12 + 10 + 10


def test_what_was_withdrawn_leaves_nothing(cast, clock, reply):
    later = clock.moment + timedelta(hours=1)
    write(vote(reply, clock, by=cast.karim, withdrawn_at=later))
    bring_in(reply)
    assert points_of(cast.jonas) == 0
    assert [line.kind for line in lines_where()] == ["grant", "taken"]


def test_a_hidden_answer_gives_nothing(cast, clock, reply):
    def hide():
        reply.hidden_at, reply.hidden_because = clock.moment, "wrong"
        db.session.add(
            Hiding(post_id=reply.id, because="wrong", by_id=None, hidden_at=clock.moment)
        )

    write(vote(reply, clock, key="1"))
    in_transaction(hide)
    bring_in(reply)
    assert points_of(cast.jonas) == 0
    assert not check()


def test_a_database_older_than_the_ledger_is_caught_up(cast, clock, reply):
    people = staff(3)
    write(
        *(vote(reply, clock, by=person) for person in people),
        Acceptance(
            question_id=reply.question.id,
            answer_id=reply.id,
            by_id=cast.anne.id,
            accepted_at=clock.moment,
        ),
    )
    assert check().missing_facts == 4
    rebuild()
    assert (points_of(cast.jonas), points_of(cast.anne)) == (30 + 15 + 5, 2)
    assert not check()
    assert not rebuild()
