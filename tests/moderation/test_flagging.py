"""Reporting a post, and deciding reports."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.moderation.queries import count_open_flags, get_flag, list_flags, list_hidings
from midtlink.privacy import PatientDataFound
from midtlink.questions.deleting import delete
from midtlink.questions.policy import may_read, may_see
from midtlink.questions.queries import get_post
from midtlink.questions.records import Flag, Hiding
from midtlink.refusals import Conflict, Refused
from tests.questions.threads import answered, asked, at_once, facts_of, rows, staff, told_by


@pytest.fixture
def question(cast):
    return asked(cast.anne)


@pytest.mark.parametrize("reason", ["wrong", "outdated", "dangerous"])
def test_a_flag_waits_and_hides_nothing(cast, question, reason):
    raised = flag(question, reason=reason, note="Se vejledningen", by=cast.karim)
    assert (question.hidden_at, raised.decided_at, count_open_flags()) == (None, None, 1)
    again = facts_of(lambda: flag(question, reason=reason, by=cast.karim))
    assert (again, len(rows(Flag))) == ([], 1)


def test_patient_data_hides_the_post_at_once_from_all_but_moderators(cast, question):
    heard = facts_of(lambda: flag(question, reason="patient_data", by=cast.karim))
    assert heard == ["FlagRaised", "PostHidden"]
    for person in (cast.karim, cast.jonas, cast.bodil, cast.astrid):
        with pytest.raises(NotFound):
            get_post(question.id, seen_by=person)
    assert may_see(cast.anne, question) and not may_read(cast.anne, question)
    assert may_read(cast.mogens, question)


def test_the_same_report_from_who_no_longer_sees_the_post_changes_nothing(cast, question):
    first = flag(question, reason="patient_data", by=cast.karim)
    assert flag(question, reason="patient_data", by=cast.karim) is first


def test_one_reports_only_what_one_reads(cast, question):
    reply = answered(question, cast.jonas)
    hide(question, by=cast.mogens)
    for person in (cast.karim, cast.anne, cast.leif, None):
        for post in (question, reply):
            with pytest.raises(NotAllowed):
                flag(post, reason="wrong", by=person)
    flag(question, reason="patient_data", by=cast.bodil)
    assert question.hidden_because == "patient_data"


@pytest.mark.parametrize("reason", ["", "spam", "WRONG", "1"])
def test_a_reason_is_needed(cast, question, reason):
    with pytest.raises(Refused):
        flag(question, reason=reason, by=cast.karim)


def test_the_note_holds_no_cpr_number(cast, question):
    with pytest.raises(PatientDataFound):
        flag(question, reason="patient_data", note="cpr 010190-1234", by=cast.karim)


def test_dismissing_the_last_flag_shows_what_it_hid(cast, question):
    flags = [flag(question, reason="patient_data", by=cast.karim)]
    flags.append(flag(question, reason="patient_data", by=cast.mogens))
    decide_flag(flags[0], False, because="Ingen patient", by=cast.mogens)
    assert question.hidden_at is not None
    decide_flag(flags[1], False, because="Ingen patient", by=cast.mogens)
    assert question.hidden_at is None
    assert [row.restored_by_id for row in rows(Hiding)] == [cast.mogens.id]


def test_an_upheld_flag_keeps_the_post_hidden_whatever_is_dismissed(cast, clock, question):
    flags = [
        flag(question, reason="patient_data", by=person) for person in (cast.karim, cast.mogens)
    ]
    decide_flag(flags[0], True, because="Et navn", by=cast.mogens)
    decide_flag(flags[1], False, because="Samme", by=cast.mogens)
    assert question.hidden_because == "patient_data"


def test_an_upheld_flag_of_long_ago_keeps_nothing_hidden(cast, clock, question):
    first = flag(question, reason="patient_data", by=cast.karim)
    decide_flag(first, True, because="Et navn", by=cast.mogens)
    clock.forward(days=1)
    restore(question, by=cast.mogens)
    clock.forward(days=1)
    second = flag(question, reason="patient_data", by=cast.karim)
    decide_flag(second, False, because="Ingen patient", by=cast.mogens)
    assert question.hidden_at is None


def test_dismissing_leaves_what_a_moderator_hid(cast, question):
    hide(question, by=cast.mogens, because="Upassende")
    raised = flag(question, reason="patient_data", by=cast.bodil)
    decide_flag(raised, False, because="Ingen patient", by=cast.mogens)
    assert question.hidden_because == "moderator"


def test_a_decision_needs_a_moderator_and_a_reason(cast, question):
    raised = flag(question, reason="wrong", by=cast.karim)
    for person in (cast.karim, cast.anne, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            decide_flag(raised, True, because="Ja", by=person)
    with pytest.raises(Refused):
        decide_flag(raised, True, because=" ", by=cast.mogens)
    with pytest.raises(PatientDataFound):
        decide_flag(raised, True, because="010190-1234", by=cast.mogens)


def test_a_decision_is_made_once(cast, question):
    raised = flag(question, reason="wrong", by=cast.karim)
    decide_flag(raised, True, because="Rettet", by=cast.mogens)
    assert facts_of(lambda: decide_flag(raised, True, because="Igen", by=cast.mogens)) == []
    assert (raised.decision, raised.is_upheld) == ("Rettet", True)
    with pytest.raises(Conflict):
        decide_flag(raised, False, because="Nej", by=cast.mogens)
    assert flag(question, reason="wrong", by=cast.karim) is not raised


def test_only_moderators_find_flags(cast, question):
    raised = flag(question, reason="wrong", by=cast.karim)
    for person in (cast.karim, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotFound):
            get_flag(raised.id, seen_by=person)
        with pytest.raises(NotAllowed):
            list_flags(seen_by=person)
        with pytest.raises(NotAllowed):
            list_hidings(question, seen_by=person)
    assert get_flag(raised.id, seen_by=cast.mogens) is raised
    for number in (0, -1, 10**30):
        with pytest.raises(NotFound):
            get_flag(number, seen_by=cast.mogens)


def test_open_and_decided_flags_are_lists_in_pages(cast, question):
    raised = [flag(question, reason="wrong", by=person) for person in staff(25)]
    decide_flag(raised[3], False, because="Nej", by=cast.mogens)
    first = list_flags(seen_by=cast.mogens)
    rest = list_flags(seen_by=cast.mogens, cursor=first.next_cursor)
    expected = [each for each in raised[::-1] if each is not raised[3]]
    assert [*first.rows, *rest.rows] == expected
    assert list_flags(seen_by=cast.mogens, is_decided=True).rows == [raised[3]]


def test_moderators_hide_and_restore(cast, question):
    reply = answered(question, cast.jonas)
    hide(reply, by=cast.mogens, because="Upassende")
    assert (question.answer_count, question.status) == (0, "unanswered")
    assert facts_of(lambda: hide(reply, by=cast.mogens)) == []
    restore(reply, by=cast.mogens)
    assert (question.answer_count, reply.hidden_because) == (1, None)
    assert facts_of(lambda: restore(reply, by=cast.mogens)) == []
    assert [row.note for row in list_hidings(reply, seen_by=cast.mogens)] == ["Upassende"]


def test_nobody_else_hides_or_restores(cast, question):
    for person in (cast.anne, cast.karim, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            hide(question, by=person)
    hide(question, by=cast.mogens)
    for person in (cast.anne, cast.karim, cast.bodil, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            restore(question, by=person)


def test_suspected_patient_data_is_decided_and_not_just_restored(cast, question):
    flag(question, reason="patient_data", by=cast.karim)
    with pytest.raises(Conflict):
        restore(question, by=cast.mogens)
    assert question.hidden_at is not None


def test_a_deleted_post_can_still_be_hidden(cast, question):
    delete(question, by=cast.anne)
    hide(question, by=cast.mogens)
    assert question.hidden_at is not None


@pytest.mark.both_databases
def test_twenty_reports_at_once_hide_once(app, cast):
    question = asked(cast.anne)
    at_once(app, flag, question, [cast.mogens] * 20, reason="patient_data")
    assert (len(rows(Flag)), len(rows(Hiding))) == (1, 1)


@pytest.mark.both_databases
def test_two_decisions_at_once_are_one(app, cast):
    question = asked(cast.anne)
    raised_id = flag(question, reason="patient_data", by=cast.karim).id
    choices = iter([True, False] * 5)

    def press(_question, *, by):
        decide_flag(get_flag(raised_id, seen_by=by), next(choices), because="Set", by=by)

    at_once(app, press, question, [cast.mogens] * 10, expected=Conflict)
    assert rows(Flag)[0].is_upheld == (question.hidden_at is not None)


def test_whoever_may_read_again_is_told_while_the_post_stays_hidden(cast, question):
    raised = flag(question, reason="patient_data", by=cast.karim)
    hide(question, by=cast.mogens)
    assert not may_read(cast.bodil, question)
    heard = told_by(lambda: decide_flag(raised, False, because="Et eksempel", by=cast.mogens))
    assert may_read(cast.bodil, question) and not may_read(cast.karim, question)
    assert [(type(fact).__name__, getattr(fact, "because", None)) for fact in heard] == [
        ("FlagDecided", None),
        ("HidingChanged", "moderator"),
    ]
