"""Who may not edit suggests; the author or a moderator decides."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.guarding import fingerprint
from midtlink.privacy import PatientDataFound, find_cpr_numbers
from midtlink.questions.commenting import comment
from midtlink.questions.editing import edit
from midtlink.questions.queries import get_suggestion, list_suggestions
from midtlink.questions.records import Revision, SuggestedEdit
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.refusals import Conflict, Refused
from tests.questions.threads import answered, asked, at_once, facts_of, rows


@pytest.fixture
def question(cast):
    return asked(cast.anne, body="Første", tags=["epj"])


@pytest.fixture
def suggestion(cast, question):
    return suggest_edit(
        question, title="Hvordan underskriver jeg?", body="Bedre", tags=["epj", "notat"],
        summary="Klarere", from_revision=1, by=cast.karim,
    )  # fmt: skip


def test_a_taken_suggestion_is_a_revision_by_who_made_it(cast, question, suggestion):
    decide_suggestion(suggestion, True, by=cast.anne)
    assert (question.title, question.source) == ("Hvordan underskriver jeg?", "Bedre")
    revision = rows(Revision)[-1]
    assert (revision.by, revision.tags, revision.summary) == (cast.karim, "epj notat", "Klarere")
    assert (question.edited_by, suggestion.decided_by_id) == (cast.karim, cast.anne.id)


def test_a_refused_suggestion_changes_nothing_but_itself(cast, question, suggestion):
    decide_suggestion(suggestion, False, by=cast.mogens, because="Den var fin")
    assert (question.source, suggestion.is_accepted) == ("Første", False)
    assert suggestion.reason == "Den var fin"


def test_nobody_else_decides_and_nobody_their_own(cast, suggestion):
    for person in (cast.jonas, cast.karim, cast.bodil, cast.astrid, cast.leif, None):
        for accept in (True, False):
            with pytest.raises(NotAllowed):
                decide_suggestion(suggestion, accept, by=person)


def test_a_decision_is_made_once(cast, suggestion):
    decide_suggestion(suggestion, True, by=cast.anne)
    assert facts_of(lambda: decide_suggestion(suggestion, True, by=cast.mogens)) == []
    with pytest.raises(Conflict):
        decide_suggestion(suggestion, False, by=cast.anne)


def test_a_suggestion_for_an_old_version_can_only_be_refused(cast, question, suggestion):
    edit(question, body="Tredje", from_revision=1, by=cast.anne)
    with pytest.raises(Conflict):
        decide_suggestion(suggestion, True, by=cast.anne)
    assert suggestion.decided_at is None
    decide_suggestion(suggestion, False, by=cast.anne)
    assert question.source == "Tredje"


def test_a_new_suggestion_takes_the_place_of_the_waiting_one(cast, question, suggestion):
    again = suggest_edit(question, body="Bedst", from_revision=1, by=cast.karim)
    assert (again.id, again.source) == (suggestion.id, "Bedst")
    suggest_edit(question, body="Andet", from_revision=1, by=cast.jonas)
    assert len(rows(SuggestedEdit)) == 2


def test_who_may_edit_does_not_suggest_and_comments_take_none(cast, question):
    remark = comment(question, body="Tak", by=cast.jonas)
    for post, person in (
        (question, cast.anne), (question, cast.mogens), (question, cast.leif), (question, None),
        (remark, cast.karim),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            suggest_edit(post, body="Andet", from_revision=1, by=person)


def test_nothing_new_stale_or_unfit_is_refused(cast, question):
    for body in ("Første", ">" * 400 + "a", "a" * 40_001):
        with pytest.raises(Refused):
            suggest_edit(question, body=body, from_revision=1, by=cast.karim)
    with pytest.raises(Conflict):
        suggest_edit(question, body="Andet", from_revision=2, by=cast.karim)
    with pytest.raises(PatientDataFound):
        suggest_edit(question, body="010190-1234", from_revision=1, by=cast.karim)


def test_what_its_writer_overruled_can_be_taken(cast, question):
    body = "Nr. 010190-1234"
    prints = [fingerprint(find) for find in find_cpr_numbers(body)]
    made = suggest_edit(question, body=body, from_revision=1, by=cast.karim, not_cpr=prints)
    decide_suggestion(made, True, by=cast.anne)
    assert question.source == body


def test_writer_author_and_moderator_find_it_and_nobody_else(cast, question, suggestion):
    for person in (cast.anne, cast.karim, cast.mogens):
        assert get_suggestion(suggestion.id, seen_by=person) is suggestion
        assert list_suggestions(seen_by=person).rows == [suggestion]
    for person in (cast.jonas, cast.bodil):
        assert list_suggestions(seen_by=person).rows == []
    for person in (cast.jonas, cast.bodil, cast.astrid, None):
        with pytest.raises(NotFound):
            get_suggestion(suggestion.id, seen_by=person)
    for number in (0, -1, 10**30):
        with pytest.raises(NotFound):
            get_suggestion(number, seen_by=cast.mogens)


def test_decided_suggestions_are_a_list_of_their_own(cast, question, suggestion):
    reply = answered(question, cast.jonas)
    other = suggest_edit(reply, body="Andet", from_revision=1, by=cast.karim)
    decide_suggestion(suggestion, True, by=cast.anne)
    assert list_suggestions(seen_by=cast.mogens).rows == [other]
    assert list_suggestions(seen_by=cast.mogens, is_decided=True).rows == [suggestion]
    assert list_suggestions(seen_by=cast.mogens, question_id=question.id).rows == [other]


@pytest.mark.both_databases
def test_two_decisions_at_once_are_one(app, cast):
    question = asked(cast.anne)
    made = suggest_edit(question, body="Bedre", from_revision=1, by=cast.karim)
    made_id = made.id

    def press(_question, *, by):
        decide_suggestion(get_suggestion(made_id, seen_by=by), by.username == "anne", by=by)

    results = at_once(app, press, question, [cast.anne, cast.mogens] * 5, expected=Conflict)
    accepted = rows(SuggestedEdit)[0].is_accepted
    assert len(rows(Revision)) == (2 if accepted else 1)
    assert {type(each).__name__ for each in results} == {"NoneType", "Conflict"}
