"""Editing keeps every version; suggesting waits for author or moderator."""

import pytest

from midtlink.access import NotAllowed, NotFound
from midtlink.events import in_transaction
from midtlink.guarding import fingerprint
from midtlink.moderation.hiding import hide
from midtlink.privacy import PatientDataFound, find_cpr_numbers
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.queries import get_revisions
from midtlink.questions.records import Draft, Revision
from midtlink.refusals import BadInput, Conflict, Refused
from tests.questions.threads import answered, asked, at_once, facts_of, rows, told_by
from tests.topics.making import make_system


@pytest.fixture
def question(cast):
    return asked(cast.anne, body="Første", tags=["epj"])


def test_an_edit_is_a_revision(cast, clock, question):
    clock.forward(minutes=1)
    make_system("EPJ")
    revision = edit(
        question, title="Hvordan signerer man?", body="Anden", tags=["epj", "notat"],
        system_slug="epj", summary="Kortere", from_revision=1, by=cast.anne,
    )  # fmt: skip
    assert (revision.number, revision.tags, revision.summary) == (2, "epj notat", "Kortere")
    assert (question.title, question.html) == ("Hvordan signerer man?", "<p>Anden</p>\n")
    assert question.edited_at == question.active_at == clock()
    numbers = [row.number for row in get_revisions(question, seen_by=cast.karim)]
    assert (numbers, question.system.name) == ([2, 1], "EPJ")


def test_what_is_not_named_stays(cast, question):
    edit(question, body="Anden", from_revision=1, by=cast.mogens)
    assert (question.title, question.tags[0].name) == (
        "Hvordan signerer jeg for en kollega?",
        "epj",
    )
    assert question.edited_by == cast.mogens


def test_the_same_text_changes_nothing(cast, question):
    assert facts_of(lambda: edit(question, body="Første", from_revision=1, by=cast.anne)) == []
    assert len(rows(Revision)) == 1


def test_an_edit_of_an_old_version_is_a_conflict_but_a_repeat_is_none(cast, question):
    edit(question, body="Anden", from_revision=1, by=cast.anne)
    with pytest.raises(Conflict):
        edit(question, body="Tredje", from_revision=1, by=cast.mogens)
    assert edit(question, body="Anden", from_revision=1, by=cast.anne).number == 2


def test_only_author_and_moderator_edit(cast, question):
    reply = answered(question, cast.jonas)
    remark = comment(question, body="Tak", by=cast.jonas)
    for person in (cast.anne, cast.bodil, cast.astrid, cast.leif, None):
        for post in (reply, remark):
            with pytest.raises(NotAllowed):
                edit(post, body="Andet", from_revision=1, by=person)
    edit(remark, body="Andet", from_revision=1, by=cast.jonas)
    assert remark.source == "Andet"


def test_bad_texts_are_refused_and_nothing_is_kept(cast, question):
    reply = answered(question, cast.jonas)
    for post, body in ((reply, " "), (reply, "a" * 40_001), (reply, "a\x00")):
        with pytest.raises(Refused):
            edit(post, body=body, from_revision=1, by=cast.jonas)
    with pytest.raises(BadInput):
        edit(reply, title="Et svar har ingen", body="a", from_revision=1, by=cast.jonas)
    with pytest.raises(Refused):
        edit(question, title="", body="a", from_revision=1, by=cast.anne)
    assert question.revision_number == reply.revision_number == 1


def test_a_cpr_number_is_refused_but_one_judged_before_stays(cast, question):
    with pytest.raises(PatientDataFound):
        edit(question, body="010190-1234", from_revision=1, by=cast.anne)
    body = "Nr. 010190-1234"
    prints = [fingerprint(find) for find in find_cpr_numbers(body)]
    other = ask(title="Hvad er dette?", body=body, by=cast.anne, not_cpr=prints)
    edit(other, body=body + " igen", from_revision=1, by=cast.anne)
    assert other.revision_number == 2


def test_a_summary_holds_no_cpr_number(cast, question):
    with pytest.raises(PatientDataFound):
        edit(question, body="Nyt", summary="010190-1234", from_revision=1, by=cast.anne)


def test_imported_html_stays_html(cast, question):
    in_transaction(lambda: setattr(question, "source_format", "html"))
    revision = edit(question, body="<p><b>Ny</b></p>", from_revision=1, by=cast.anne)
    assert (question.html, revision.source_format) == ("<p><strong>Ny</strong></p>", "html")


def test_the_draft_of_the_edit_is_gone(cast, question):
    save_draft("edit", question.id, source="Anden", by=cast.anne)
    edit(question, body="Anden", from_revision=1, by=cast.anne)
    assert rows(Draft) == []


def test_revisions_of_what_one_may_not_read_are_absent(cast, question):
    hide(question, by=cast.mogens)
    for person in (cast.anne, cast.karim, None):
        with pytest.raises(NotFound):
            get_revisions(question, seen_by=person)
    assert len(get_revisions(question, seen_by=cast.bodil)) == 1


@pytest.mark.both_databases
def test_ten_edits_of_one_version_at_once_are_one(app, cast):
    question = asked(cast.anne)
    texts = iter(f"Tekst {number}" for number in range(10))

    def press(question, *, by):
        return edit(question, body=next(texts), from_revision=1, by=by).number

    results = at_once(app, press, question, [cast.anne] * 10, expected=Conflict)
    assert [result for result in results if result == 2] == [2]
    assert sum(isinstance(result, Conflict) for result in results) == 9
    assert len(rows(Revision)) == 2


def test_the_fact_of_an_edit_names_its_revision(cast):
    question = asked(cast.anne)
    (fact,) = told_by(lambda: edit(question, body="Bedre", from_revision=1, by=cast.anne))
    assert (fact.post_id, fact.revision_number) == (question.id, 2)
