"""Closing, duplicates and reopening."""

import pytest

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.guarding import fingerprint
from midtlink.privacy import PatientDataFound, find_cpr_numbers
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close, close_as_duplicate, reopen
from midtlink.questions.deleting import delete
from midtlink.questions.queries import get_question, thread
from midtlink.questions.records import Closure
from midtlink.refusals import Refused
from tests.questions.threads import (
    answered,
    asked,
    at_once,
    facts_of,
    rows,
    told_by,
)
from tests.world.racing import all_at_once


@pytest.fixture
def question(cast):
    return asked(cast.anne)


@pytest.mark.parametrize("name", ["anne", "mogens", "bodil"])
def test_asker_moderator_and_it_close_and_reopen(cast, question, name):
    close(question, reason="outdated", note="Ny version", by=getattr(cast, name))
    assert (question.status, question.closure.note) == ("closed", "Ny version")
    again = facts_of(lambda: close(question, reason="unclear", by=cast.anne))
    assert (again, question.closure.reason) == ([], "outdated")
    reopen(question, by=getattr(cast, name))
    assert (question.status, question.closure) == ("unanswered", None)
    assert rows(Closure)[0].reopened_by_id == getattr(cast, name).id


def test_nobody_else_closes_or_reopens(cast, question):
    for person in (cast.jonas, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            close(question, reason="outdated", by=person)
    close(question, reason="outdated", by=cast.mogens)
    for person in (cast.anne, cast.jonas, cast.astrid, cast.leif, None):
        with pytest.raises(NotAllowed):
            reopen(question, by=person)


def test_reopening_gives_the_status_back(cast, question):
    accept_answer(answered(question, cast.jonas), by=cast.anne)
    close(question, reason="off_topic", by=cast.anne)
    reopen(question, by=cast.anne)
    assert question.status == "solved"


def test_reopening_an_open_question_changes_nothing(cast, question):
    assert facts_of(lambda: reopen(question, by=cast.mogens)) == []


@pytest.mark.parametrize("reason", ["", "duplicate", "1", "OUTDATED"])
def test_a_reason_is_needed(cast, question, reason):
    with pytest.raises(Refused):
        close(question, reason=reason, by=cast.anne)


def test_the_note_holds_no_cpr_number(cast, question):
    with pytest.raises(PatientDataFound):
        close(question, reason="outdated", note="010190-1234", by=cast.anne)


def test_the_note_may_hold_a_number_that_is_none(cast, question):
    note = "Sag 010190-1234"
    prints = [fingerprint(find) for find in find_cpr_numbers(note)]
    heard = facts_of(
        lambda: close(question, reason="outdated", note=note, by=cast.anne, not_cpr=prints)
    )
    assert heard == ["QuestionClosed", "GuardOverruled"]


def test_a_chain_of_duplicates_leads_to_its_end(cast):
    first, second, third = (asked(cast.anne, f"Hvordan {n} gange?") for n in ("en", "to", "tre"))
    close_as_duplicate(third, of=second, by=cast.anne)
    close_as_duplicate(second, of=first, by=cast.anne)
    assert seen(third, cast.karim).original == first
    assert seen(first, cast.karim).duplicates == [second, third]
    assert seen(second, cast.karim).duplicates == [third]


def seen(question, person):
    return thread(get_question(question.id, seen_by=person), seen_by=person)


def test_a_duplicate_of_itself_or_in_a_circle_is_refused(cast):
    first, second, third = (asked(cast.anne) for _ in range(3))
    close_as_duplicate(third, of=second, by=cast.anne)
    close_as_duplicate(second, of=first, by=cast.anne)
    for target in (first, second, third):
        with pytest.raises(Refused) as refused:
            close_as_duplicate(first, of=target, by=cast.anne)
        assert (refused.value.field, refused.value.code) == ("of", "itself")


def test_a_duplicate_of_what_is_deleted_is_refused(cast, question):
    gone = asked(cast.jonas)
    delete(gone, by=cast.jonas)
    for person in (cast.anne, cast.mogens):
        with pytest.raises(Refused):
            close_as_duplicate(question, of=gone, by=person)


def test_nobody_else_closes_as_duplicate(cast, question):
    other = asked(cast.anne)
    for person in (cast.jonas, cast.leif, None):
        with pytest.raises(NotAllowed):
            close_as_duplicate(question, of=other, by=person)


@pytest.mark.both_databases
def test_two_closures_at_once_are_one(app, cast):
    question = asked(cast.anne)
    at_once(app, close, question, [cast.anne, cast.bodil] * 10, reason="outdated")
    assert len(rows(Closure)) == 1


@pytest.mark.both_databases
def test_closing_in_a_circle_at_once_never_makes_a_circle(app, cast):
    ids, anne_id = [asked(cast.anne).id for _ in range(4)], cast.anne.id

    def close_next(place):
        from midtlink.extensions import db
        from midtlink.people.models import Person

        person = db.session.get(Person, anne_id)
        here, there = (get_question(ids[n % 4], seen_by=person) for n in (place, place + 1))
        close_as_duplicate(here, of=there, by=person)

    results = all_at_once(
        app, [lambda n=n: in_transaction(lambda: close_next(n)) for n in range(4)], expected=Refused
    )
    assert [str(type(each).__name__) for each in results].count("Refused") == 1
    assert len(rows(Closure)) == 3


def test_the_fact_of_a_closing_names_its_row(cast, question):
    closings = [told_by(lambda: close(question, reason="unclear", by=cast.anne))]
    reopen(question, by=cast.anne)
    closings.append(told_by(lambda: close(question, reason="outdated", by=cast.anne)))
    assert [fact.closure_id for (fact,) in closings] == [row.id for row in rows(Closure)]
