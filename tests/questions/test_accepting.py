"""The asker chooses; IT for an asker who is away; IT confirms."""

import pytest

from midtlink.access import NotAllowed
from midtlink.questions.accepting import accept_answer, withdraw_acceptance
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm, withdraw_confirmation
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.events import AcceptanceEnded, AnswerConfirmed, ConfirmationWithdrawn
from midtlink.questions.reacting import set_reaction
from midtlink.questions.records import Acceptance, Confirmation
from tests.questions.threads import (
    answered,
    asked,
    at_once,
    facts_of,
    overheard,
    rows,
    told_by,
)


@pytest.fixture
def question(cast, clock):
    return asked(cast.anne)


@pytest.fixture
def reply(cast, question):
    return answered(question, cast.jonas)


def state(question):
    return question.status, question.accepted_answer_id


def test_the_asker_chooses_and_changes_and_takes_back(cast, question, reply):
    other = answered(question, cast.karim)
    accept_answer(reply, by=cast.anne)
    assert state(question) == ("solved", reply.id)
    assert facts_of(lambda: accept_answer(reply, by=cast.anne)) == []
    moved = facts_of(lambda: accept_answer(other, by=cast.anne))
    assert moved == ["AcceptanceEnded", "AnswerAccepted"]
    withdraw_acceptance(question, by=cast.anne)
    assert state(question) == ("answered", None)
    assert all(row.ended_at for row in rows(Acceptance))
    assert facts_of(lambda: withdraw_acceptance(question, by=cast.anne)) == []


def test_who_hears_that_a_choice_ended_finds_the_new_state(cast, question, reply):
    other = answered(question, cast.karim)
    accept_answer(reply, by=cast.anne)
    with overheard(AcceptanceEnded, lambda _fact: state(question)) as states:
        accept_answer(other, by=cast.anne)
        withdraw_acceptance(question, by=cast.anne)
    assert states == [("solved", other.id), ("answered", None)]


def test_nobody_else_chooses(cast, clock, question, reply):
    clock.forward(days=8)
    for person in (cast.jonas, cast.mogens, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            accept_answer(reply, by=person)
        with pytest.raises(NotAllowed):
            withdraw_acceptance(question, by=person)


def test_it_chooses_for_an_absent_asker_after_seven_days(cast, clock, question, reply):
    clock.forward(days=6, hours=23)
    with pytest.raises(NotAllowed):
        accept_answer(reply, by=cast.bodil)
    clock.forward(hours=1)
    accept_answer(reply, by=cast.bodil)
    assert state(question) == ("solved", reply.id)


def test_a_fresh_answer_waits_seven_days_too(cast, clock, question, reply):
    clock.forward(days=8)
    fresh = answered(question, cast.karim)
    with pytest.raises(NotAllowed):
        accept_answer(fresh, by=cast.bodil)


@pytest.mark.parametrize("act", ["comment", "vote", "choose", "take back"])
def test_an_asker_who_did_something_is_not_absent(cast, clock, question, reply, act):
    if act == "take back":
        accept_answer(reply, by=cast.anne)
    clock.forward(days=5)
    match act:
        case "comment":
            comment(question, body="Tak, jeg prøver", by=cast.anne)
        case "vote":
            set_reaction(reply, "helped", by=cast.anne)
        case "choose":
            accept_answer(reply, by=cast.anne)
        case "take back":
            withdraw_acceptance(question, by=cast.anne)
    clock.forward(days=3)
    with pytest.raises(NotAllowed):
        accept_answer(reply, by=cast.bodil)


def test_a_choice_of_the_asker_stands_against_it(cast, clock, question, reply):
    other = answered(question, cast.karim)
    accept_answer(reply, by=cast.anne)
    clock.forward(days=30)
    with pytest.raises(NotAllowed):
        accept_answer(other, by=cast.bodil)
    with pytest.raises(NotAllowed):
        withdraw_acceptance(question, by=cast.bodil)


def test_the_asker_overrules_what_it_chose_and_it_takes_back_its_own(cast, clock, question, reply):
    other = answered(question, cast.karim)
    clock.forward(days=8)
    accept_answer(reply, by=cast.bodil)
    withdraw_acceptance(question, by=cast.bodil)
    accept_answer(reply, by=cast.bodil)
    accept_answer(other, by=cast.anne)
    assert state(question) == ("solved", other.id)


def test_a_deleted_choice_counts_again_when_it_comes_back(cast, question, reply):
    accept_answer(reply, by=cast.anne)
    delete(reply, by=cast.jonas)
    assert state(question) == ("unanswered", None)
    undelete(reply, by=cast.jonas)
    assert state(question) == ("solved", reply.id)


def test_only_it_confirms_and_any_reviewer_takes_it_back(cast, question, reply):
    for person in (cast.anne, cast.jonas, cast.mogens, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            confirm(reply, by=person)
        with pytest.raises(NotAllowed):
            withdraw_confirmation(reply, by=person)
    confirm(reply, by=cast.bodil)
    assert reply.confirmed_at and reply.confirmation.by == cast.bodil
    assert facts_of(lambda: confirm(reply, by=cast.bodil)) == []
    withdraw_confirmation(reply, by=cast.bodil)
    assert reply.confirmed_at is None and reply.confirmation is None
    assert rows(Confirmation)[0].withdrawn_by_id == cast.bodil.id
    assert facts_of(lambda: withdraw_confirmation(reply, by=cast.bodil)) == []


def test_facts_about_a_confirmation_name_its_row(cast, reply):
    told = told_by(lambda: confirm(reply, by=cast.bodil))
    told += told_by(lambda: withdraw_confirmation(reply, by=cast.bodil))
    row = rows(Confirmation)[0]
    assert [type(fact) for fact in told] == [AnswerConfirmed, ConfirmationWithdrawn]
    assert {fact.confirmation_id for fact in told} == {row.id}


def test_who_hears_of_a_confirmation_finds_it(cast, reply):
    with overheard(AnswerConfirmed, lambda _fact: reply.confirmation) as found:
        confirm(reply, by=cast.bodil)
    assert found == rows(Confirmation)


@pytest.mark.both_databases
def test_two_choices_at_once_leave_one(app, cast):
    question = asked(cast.anne)
    replies = [answered(question, person).id for person in (cast.jonas, cast.karim)]
    choices = iter(replies * 10)

    def press(question, *, by):
        from midtlink.questions.queries import get_answer

        accept_answer(get_answer(next(choices), seen_by=by), by=by)

    results = at_once(app, press, question, [cast.anne] * 20)
    standing = [row for row in rows(Acceptance) if row.ended_at is None]
    assert set(results) == {None}
    assert [row.answer_id for row in standing] == [question.accepted_answer_id]


@pytest.mark.both_databases
def test_ten_confirmations_at_once_are_one(app, cast):
    reply = answered(asked(cast.anne), cast.jonas)
    at_once(app, confirm, reply, [cast.bodil] * 10)
    assert len(rows(Confirmation)) == 1
