"""Votes are set or withdrawn, never toggled, and stay as dated rows."""

import pytest

from midtlink.access import NotAllowed
from midtlink.questions.closing import close
from midtlink.questions.deleting import delete
from midtlink.questions.events import ReactionSet, ReactionWithdrawn
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Reaction
from midtlink.questions.rules import wilson_lower_bound
from midtlink.refusals import BadInput
from tests.questions.threads import answered, asked, at_once, facts_of, overheard, rows, staff


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def standing(post):
    return [row for row in rows(Reaction, post_id=post.id) if row.withdrawn_at is None]


def test_a_vote_counts_once_however_often_it_is_set(cast, reply):
    set_reaction(reply, "helped", by=cast.anne)
    assert facts_of(lambda: set_reaction(reply, "helped", by=cast.anne)) == []
    assert (reply.up_count, len(standing(reply))) == (1, 1)
    assert reply.rank == wilson_lower_bound(1, 0)


def test_a_withdrawn_vote_stays_as_a_dated_row(cast, reply):
    set_reaction(reply, "helped", by=cast.anne)
    withdraw_reaction(reply, "helped", by=cast.anne)
    assert (reply.up_count, reply.rank) == (0, 0)
    assert rows(Reaction)[0].withdrawn_at is not None
    assert facts_of(lambda: withdraw_reaction(reply, "helped", by=cast.anne)) == []


def test_the_opposite_vote_turns_the_first(cast, reply):
    set_reaction(reply, "helped", by=cast.anne)
    heard = facts_of(lambda: set_reaction(reply, "failed", by=cast.anne))
    assert heard == ["ReactionWithdrawn", "ReactionSet"]
    assert (reply.up_count, reply.down_count) == (0, 1)
    assert [(row.kind, row.withdrawn_at is None) for row in rows(Reaction)] == [
        ("helped", False),
        ("failed", True),
    ]


@pytest.mark.parametrize("kind", [ReactionSet, ReactionWithdrawn])
def test_who_hears_of_a_turned_vote_finds_the_new_counts(cast, reply, kind):
    set_reaction(reply, "helped", by=cast.anne)
    with overheard(kind, lambda _fact: (reply.up_count, reply.down_count)) as counts:
        set_reaction(reply, "failed", by=cast.anne)
    assert counts == [(0, 1)]


def test_a_good_question_may_be_ones_own_problem_too(cast):
    question = asked(cast.anne)
    set_reaction(question, "good", by=cast.jonas)
    set_reaction(question, "same", by=cast.jonas)
    assert (question.up_count, question.same_count) == (1, 1)


def test_nobody_votes_for_their_own_post(cast, reply):
    with pytest.raises(NotAllowed):
        set_reaction(reply, "helped", by=cast.jonas)


@pytest.mark.parametrize("kind", ["good", "same", "down", "", "HELPED", "1"])
def test_an_answer_takes_only_its_own_reactions(cast, reply, kind):
    with pytest.raises(BadInput):
        set_reaction(reply, kind, by=cast.anne)
    assert rows(Reaction) == []


def test_closed_threads_take_votes_and_deleted_posts_none(cast, reply):
    close(reply.question, reason="outdated", by=cast.anne)
    set_reaction(reply, "helped", by=cast.karim)
    delete(reply, by=cast.jonas)
    with pytest.raises(NotAllowed):
        set_reaction(reply, "helped", by=cast.anne)


def test_who_has_left_or_nobody_votes_not(cast, reply):
    for person in (cast.leif, None):
        with pytest.raises(NotAllowed):
            set_reaction(reply, "helped", by=person)
        with pytest.raises(NotAllowed):
            withdraw_reaction(reply, "helped", by=person)


@pytest.mark.both_databases
def test_fifty_presses_of_one_person_are_one_vote(app, cast, reply):
    at_once(app, set_reaction, reply, [cast.anne] * 50, "helped")
    assert (reply.up_count, len(rows(Reaction))) == (1, 1)


@pytest.mark.both_databases
def test_fifty_people_are_fifty_votes(app, cast, reply):
    at_once(app, set_reaction, reply, staff(50), "helped")
    assert (reply.up_count, len(standing(reply))) == (50, 50)


@pytest.mark.both_databases
def test_setting_and_withdrawing_at_once_leaves_count_equal_rows(app, cast, reply):
    people = staff(6)
    for person in people[:3]:
        set_reaction(reply, "failed", by=person)

    def press(post, *, by):
        choice = by.id % 3
        if choice == 0:
            withdraw_reaction(post, "failed", by=by)
        else:
            set_reaction(post, ("helped", "failed")[choice - 1], by=by)

    results = at_once(app, press, reply, people * 5)
    assert set(results) == {None}
    kinds = [row.kind for row in standing(reply)]
    assert (reply.up_count, reply.down_count) == (kinds.count("helped"), kinds.count("failed"))
    assert reply.rank == wilson_lower_bound(reply.up_count, reply.down_count)
