"""“Det var svaret”: a question that nobody had to ask is counted, and not who wrote it."""

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide
from midtlink.questions.drafting import save_draft
from midtlink.questions.queries import find_draft, list_drafts
from midtlink.questions.records import Draft
from midtlink.refusals import Refused
from midtlink.search import sparing
from midtlink.search.models import SparedQuestion
from tests.questions.threads import asked, at_once, rows

pytestmark = pytest.mark.both_databases
TYPED = {"title": "Hvor er nøglen?", "source": "Jeg leder", "tags": "nøgle", "system_slug": "epj"}
CPR = "010285-1234"


@pytest.fixture
def question(cast, clock):
    return asked(cast.anne, "Hvor ligger nøglen til skabet?")


def spare(question, by, **typed):
    in_transaction(lambda: sparing.spare(question, **(typed or TYPED), by=by))


def unspare(question, by):
    in_transaction(lambda: sparing.unspare(question.id, by=by))


def spared():
    return [row.question_id for row in rows(SparedQuestion)]


def test_spared_question_is_counted_without_a_person(cast, question):
    spare(question, cast.jonas)
    assert spared() == [question.id]
    (entry,) = rows(JournalEntry, act="QuestionSpared")
    assert (entry.by_id, entry.facts) == (None, {"question_id": question.id})


def test_what_was_typed_leaves_the_form_and_the_drafts(cast, question):
    save_draft("question", title="Hvor er", by=cast.jonas)
    spare(question, cast.jonas)
    assert find_draft("question", by=cast.jonas) is None
    assert list(list_drafts(by=cast.jonas)) == []


def test_taking_it_back_brings_the_text_and_counts_no_more(cast, question):
    spare(question, cast.jonas)
    unspare(question, cast.jonas)
    draft = find_draft("question", by=cast.jonas)
    assert {name: getattr(draft, name) for name in TYPED} == TYPED
    assert spared() == []
    assert rows(JournalEntry, act="SparingTakenBack")


def test_taking_back_twice_changes_nothing_more(cast, question):
    spare(question, cast.karim)
    spare(question, cast.jonas)
    for _ in range(2):
        unspare(question, cast.jonas)
    assert spared() == [question.id]


def test_nobody_takes_back_what_another_spared(cast, question):
    spare(question, cast.jonas)
    unspare(question, cast.karim)
    assert spared() == [question.id]
    assert find_draft("question", by=cast.karim) is None


def test_a_new_draft_is_not_overwritten(cast, question):
    spare(question, cast.jonas)
    save_draft("question", title="Noget andet", by=cast.jonas)
    with pytest.raises(Refused):
        unspare(question, cast.jonas)
    assert find_draft("question", by=cast.jonas).title == "Noget andet"
    assert spared() == [question.id]


def test_pressing_twice_counts_once(cast, question):
    spare(question, cast.jonas)
    spare(question, cast.jonas)
    assert spared() == [question.id]
    assert find_draft("question", by=cast.jonas) is None


def test_pressing_at_the_same_moment_counts_once(app, cast, question):
    at_once(app, sparing.spare, question, [cast.jonas, cast.jonas], **TYPED)
    assert spared() == [question.id]


def test_the_same_question_on_another_day_counts_again(cast, question, clock):
    spare(question, cast.jonas)
    clock.forward(days=1)
    spare(question, cast.jonas)
    spare(question, cast.jonas, title="Hvor er nøglen til bilen?")
    assert spared() == [question.id] * 3


def test_cpr_number_is_masked_in_what_is_set_aside(cast, question):
    spare(question, cast.jonas, title="Hvor er nøglen?", source=f"Hun er {CPR}")
    assert CPR not in rows(Draft)[0].source


def test_hidden_question_spares_nobody(cast, question):
    in_transaction(lambda: hide(question, by=cast.mogens))
    for person in (cast.jonas, cast.leif, None):
        with pytest.raises(NotAllowed):
            spare(question, person)
    assert (spared(), rows(Draft)) == ([], [])
