"""What people get for helping, and what is taken back when it no longer holds."""

from datetime import timedelta

import pytest

from midtlink.extensions import db
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.redacting import redact
from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.reputation.ledger.rebuilding import check, rebuild
from midtlink.reputation.ledger.stored_book import LEDGER, lines_where
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked, staff

pytestmark = pytest.mark.both_databases


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


def ledger_of(person):
    return [
        (line.rule, line.kind, line.points) for line in lines_where(LEDGER.c.person_id == person.id)
    ]


def test_a_vote_gives_its_points_and_takes_them_back(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 10
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 0
    assert ledger_of(cast.jonas) == [("helped", "grant", 10), ("helped", "taken", -10)]
    assert not check()


def test_who_has_the_problem_too_gives_more(cast, reply):
    set_reaction(reply.question, "same", by=cast.karim)
    set_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 12


def test_a_turned_vote_leaves_nothing(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    set_reaction(reply, "failed", by=cast.karim)
    assert points_of(cast.jonas) == 0
    set_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 10
    assert not check()


def test_choosing_an_answer_thanks_both_and_builds_a_bridge(cast, reply):
    accept_answer(reply, by=cast.anne)
    assert ledger_of(cast.jonas) == [("accepted", "grant", 15), ("bridge", "grant", 5)]
    assert ledger_of(cast.anne) == [("accepting", "grant", 2)]
    withdraw_acceptance(reply.question, by=cast.anne)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (0, 0)
    assert not check()


def test_the_second_answer_to_a_department_builds_no_second_bridge(cast):
    for number in range(2):
        accept_answer(answered(asked(cast.anne, f"Spørgsmål {number}"), cast.jonas), by=cast.anne)
    assert points_of(cast.jonas) == 15 + 5 + 15


def test_ones_own_answer_is_worth_nothing(cast):
    question = asked(cast.anne)
    accept_answer(answered(question, cast.anne), by=cast.anne)
    assert points_of(cast.anne) == 0


def test_confirming_counts_outside_the_cap(cast, reply):
    change_setting("points_daily_cap", "5", by=None, by_id=None)
    set_reaction(reply, "helped", by=cast.karim)
    confirm(reply, by=cast.bodil)
    assert points_of(cast.jonas) == 5 + 10
    withdraw_confirmation(reply, by=cast.bodil)
    assert points_of(cast.jonas) == 5


def test_the_cap_truncates_and_gives_back_only_what_was_given(cast, reply, clock):
    change_setting("points_daily_cap", "25", by=None, by_id=None)
    voters = staff(4)
    for voter in voters:
        set_reaction(reply, "helped", by=voter)
    assert [points for _, _, points in ledger_of(cast.jonas)] == [10, 10, 5, 0]
    withdraw_reaction(reply, "helped", by=voters[3])
    assert points_of(cast.jonas) == 25
    withdraw_reaction(reply, "helped", by=voters[2])
    assert points_of(cast.jonas) == 20
    set_reaction(reply, "helped", by=voters[2])
    assert points_of(cast.jonas) == 25
    clock.moment += timedelta(days=1)
    set_reaction(reply, "helped", by=voters[3])
    assert points_of(cast.jonas) == 35
    assert not check()


def test_what_nobody_sees_gives_nothing_until_it_is_back(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    delete(reply, by=cast.jonas)
    assert points_of(cast.jonas) == 0
    undelete(reply, by=cast.jonas)
    assert points_of(cast.jonas) == 30
    assert not check()


def test_what_is_decided_while_nobody_sees_the_text_waits_with_it(cast, reply):
    report = flag(reply, reason="wrong", note="Forkert", by=cast.karim)
    edit = suggest_edit(reply, body="Vælg Signér.", from_revision=1, by=cast.anne)
    hide(reply, by=cast.mogens)
    decide_flag(report, True, because="Ja", by=cast.mogens)
    decide_suggestion(edit, True, by=cast.mogens)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (0, 0)
    assert not check()
    restore(reply, by=cast.mogens)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (-2, 2)
    assert not check()


def test_a_text_that_is_gone_for_ever_gives_nothing_more(cast, reply):
    report = flag(reply, reason="wrong", note="Forkert", by=cast.karim)
    redact(reply, by=cast.jonas)
    decide_flag(report, True, because="Ja", by=cast.mogens)
    accept_answer(reply, by=cast.anne)
    withdraw_acceptance(reply.question, by=cast.anne)
    accept_answer(reply, by=cast.anne)
    confirm(reply, by=cast.bodil)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (0, 0)
    assert not check()


def test_deleting_at_the_cap_makes_no_room_that_undeleting_overshoots(cast, reply):
    change_setting("points_daily_cap", "20", by=None, by_id=None)
    other = answered(asked(cast.anne, "Og på papir?"), cast.jonas)
    people = staff(4)
    for person in people[:2]:
        set_reaction(reply, "helped", by=person)
    delete(reply, by=cast.jonas)
    for person in people[2:]:
        set_reaction(other, "helped", by=person)
    undelete(reply, by=cast.jonas)
    assert points_of(cast.jonas) == 20
    withdraw_reaction(reply, "helped", by=people[0])
    set_reaction(other, "helped", by=people[0])
    assert points_of(cast.jonas) == 20
    assert not check()


def test_deleting_builds_no_second_bridge(cast, reply):
    accept_answer(reply, by=cast.anne)
    delete(reply, by=cast.jonas)
    other = answered(asked(cast.anne, "Og på papir?"), cast.jonas)
    accept_answer(other, by=cast.anne)
    undelete(reply, by=cast.jonas)
    assert points_of(cast.jonas) == 15 + 15 + 5
    delete(other, by=cast.jonas)
    delete(reply, by=cast.jonas)
    undelete(reply, by=cast.jonas)
    assert points_of(cast.jonas) == 15 + 5
    assert not check()


def test_a_choice_that_ends_while_its_answer_is_away_does_not_return(cast, reply):
    accept_answer(reply, by=cast.anne)
    delete(reply, by=cast.jonas)
    withdraw_acceptance(reply.question, by=cast.anne)
    undelete(reply, by=cast.jonas)
    assert (points_of(cast.jonas), points_of(cast.anne)) == (0, 0)
    assert not check()


def test_a_changed_rule_changes_nothing_that_was_granted(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    change_setting("points_helped", "20", by=None, by_id=None)
    set_reaction(reply, "helped", by=cast.bodil)
    assert points_of(cast.jonas) == 30
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert points_of(cast.jonas) == 20
    assert not check()


def test_rebuilding_mends_what_was_lost(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    before = lines_where()
    with db.engine.begin() as connection:
        connection.execute(LEDGER.delete())
        connection.exec_driver_sql("UPDATE people SET points = 7")
        connection.exec_driver_sql("DELETE FROM topic_standings")
    db.session.rollback()
    assert len(check().right) == 4
    rebuild()
    assert lines_where() == before
    assert not check()
    assert not rebuild()
    assert points_of(cast.jonas) == 30
