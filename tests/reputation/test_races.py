"""Presses at the same moment: no point is lost, none is given twice, and no cap overshot."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.questions.deleting import delete
from midtlink.questions.queries import get_post
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.refusals import TooMany
from midtlink.reputation.ledger.rebuilding import check
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, at_once, staff
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


def pressing(verb, post, person, *more):
    """The call of a verb by somebody, as a page makes it."""
    post_id, person_id = post.id, person.id

    def work():
        by = db.session.get(Person, person_id)
        return verb(get_post(post_id, seen_by=by), *more, by=by)

    return lambda: in_transaction(work)


def test_fifty_votes_for_one_answer_are_fifty_times_ten(app, cast):
    change_setting("points_daily_cap", "1000", by=None, by_id=None)
    reply = answered(asked(cast.anne), cast.jonas)
    at_once(app, set_reaction, reply, staff(50), "helped")
    assert points_of(cast.jonas) == 500
    assert not check()


def test_fifty_votes_in_many_threads_meet_the_cap_exactly(app, cast, clock):
    replies = []
    for number in range(5):
        clock.forward(minutes=5)
        replies.append(answered(asked(cast.anne, f"Spørgsmål {number}"), cast.jonas))
    change_setting("points_daily_cap", "195", by=None, by_id=None)
    calls = [
        pressing(set_reaction, replies[number % 5], person, "helped")
        for number, person in enumerate(staff(50))
    ]
    all_at_once(app, calls)
    assert points_of(cast.jonas) == 195
    assert not check()


def test_twenty_presses_by_one_person_are_one_vote(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    at_once(app, set_reaction, reply, [cast.karim] * 20, "helped")
    assert points_of(cast.jonas) == 10
    assert not check()


def test_two_turns_at_once_leave_one_of_them(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    set_reaction(reply, "helped", by=cast.karim)
    calls = [pressing(set_reaction, reply, cast.karim, kind) for kind in ("failed", "helped") * 4]
    all_at_once(app, calls)
    assert points_of(cast.jonas) in (0, 10)
    assert not check()


def test_setting_and_withdrawing_at_once_adds_up(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    people = staff(10)
    calls = [pressing(set_reaction, reply, person, "helped") for person in people]
    calls += [pressing(withdraw_reaction, reply, person, "helped") for person in people]
    all_at_once(app, calls)
    assert points_of(cast.jonas) == 10 * reply.up_count
    assert not check()


def test_choosing_and_deleting_at_once_leave_no_points_for_what_is_gone(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    calls = [pressing(accept_answer, reply, cast.anne), pressing(delete, reply, cast.jonas)]
    all_at_once(app, calls * 3, expected=(NotAllowed, NotFound))
    db.session.rollback()
    assert reply.deleted_at is not None
    assert (points_of(cast.jonas), points_of(cast.anne)) == (0, 0)
    assert not check()


def test_votes_across_stay_free_of_deadlock(app, cast):
    """Two colleagues who vote for each other lock each other's rows in one order."""
    one = answered(asked(cast.anne, "Et"), cast.jonas)
    two = answered(asked(cast.anne, "To"), cast.karim)
    calls = [
        pressing(set_reaction, one, cast.karim, "helped"),
        pressing(set_reaction, two, cast.jonas, "helped"),
    ]
    all_at_once(app, calls * 10)
    assert (points_of(cast.jonas), points_of(cast.karim)) == (10, 10)
    assert not check()


def test_nobody_sets_more_votes_than_the_day_has(app, cast, clock):
    change_setting("votes_per_day", "3", by=None, by_id=None)
    replies = []
    for number in range(6):
        clock.forward(minutes=5)
        replies.append(answered(asked(cast.anne, f"Spørgsmål {number}"), cast.jonas))
    calls = [pressing(set_reaction, reply, cast.karim, "helped") for reply in replies]
    all_at_once(app, calls, expected=(TooMany,))
    assert points_of(cast.jonas) == 30


def test_the_author_cannot_vote_in_any_race(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    at_once(app, set_reaction, reply, [cast.jonas] * 10, "helped", expected=(NotAllowed,))
    assert points_of(cast.jonas) == 0
