"""Mistakes that other question-and-answer systems made with points; each must not be one here."""

from datetime import timedelta

import pytest

from midtlink.access import NotAllowed
from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.records import Flag
from midtlink.reputation.ledger.rebuilding import check
from midtlink.reputation.ledger.stored_book import lines_where
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, rows, staff
from tests.world.statements import written

pytestmark = pytest.mark.both_databases


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


def cap(points):
    change_setting("points_daily_cap", str(points), by=None, by_id=None)


def test_cancelling_a_vote_at_the_cap_takes_no_points_that_were_never_given(cast, reply):
    """Askbot."""
    cap(10)
    early, late = staff(2)
    set_reaction(reply, "helped", by=early)
    set_reaction(reply, "helped", by=late)
    withdraw_reaction(reply, "helped", by=late)
    assert points_of(cast.jonas) == 10


def test_an_acceptance_neither_meets_nor_eats_the_cap(cast, reply):
    """Apache Answer."""
    cap(10)
    accept_answer(reply, by=cast.anne)
    set_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 15 + 5 + 10


def test_the_last_vote_of_a_day_does_not_overshoot(cast, reply):
    """Apache Answer."""
    cap(15)
    for voter in staff(3):
        set_reaction(reply, "helped", by=voter)
    assert points_of(cast.jonas) == 15


def test_turning_a_vote_is_one_transaction(cast, reply):
    """Apache Answer."""
    set_reaction(reply, "helped", by=cast.karim)
    with written() as transactions:
        set_reaction(reply, "failed", by=cast.karim)
    assert len(transactions) == 1
    assert points_of(cast.jonas) == 0


def test_a_vote_is_no_other_vote_after_thirty_days(cast, reply, clock):
    """Scoold."""
    set_reaction(reply, "helped", by=cast.karim)
    clock.moment += timedelta(days=31)
    set_reaction(reply, "helped", by=cast.karim)
    assert (reply.up_count, points_of(cast.jonas)) == (1, 10)


def test_setting_and_cancelling_again_and_again_farms_nothing(cast, reply):
    """Scoold 221."""
    for _ in range(5):
        set_reaction(reply, "helped", by=cast.karim)
        set_reaction(reply, "helped", by=cast.karim)
        withdraw_reaction(reply, "helped", by=cast.karim)
        withdraw_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 0
    assert sum(line.points for line in lines_where()) == 0


def test_taking_a_vote_against_back_leaves_no_minus(cast, reply):
    """Biostar 63."""
    set_reaction(reply, "failed", by=cast.karim)
    withdraw_reaction(reply, "failed", by=cast.karim)
    assert (reply.down_count, points_of(cast.jonas)) == (0, 0)


def test_a_text_is_wrong_once_however_many_said_so(cast, reply):
    for person in (cast.karim, cast.anne):
        flag(reply, reason="wrong", note="", by=person)
    for row in rows(Flag):
        decide_flag(row, True, because="Det er rigtigt set.", by=cast.mogens)
    assert points_of(cast.jonas) == -2
    assert db.session.get(Person, cast.jonas.id).reputation == 1
    assert not check()


def test_nobody_votes_for_themselves(cast, reply):
    with pytest.raises(NotAllowed):
        set_reaction(reply, "helped", by=cast.jonas)
