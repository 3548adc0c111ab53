"""A CPR number in a tag: refused, shown where, masked or kept by one press, not asked twice."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.guarding import fingerprint
from midtlink.privacy import find_cpr_numbers
from midtlink.questions.editing import edit
from midtlink.questions.models import Question
from midtlink.questions.suggesting import decide_suggestion, suggest_edit
from midtlink.topics.queries import find_name
from tests.questions.threads import asked
from tests.topics.test_tag_pages import make_tags

NUMBER, OTHER, MASKED = "010190-1234", "020290-2345", "XXXXXX-XXXX"
SYNONYMS, MERGE = "/tag/print/synonymer", "/tag/print/sammenlaegning"
#: Each form: its address, the field with the number, and what else is sent.
FORMS = {
    "question": ("/spoerg", "tags", {"title": "Hvad er det for et nummer?"}),
    "synonym": (SYNONYMS, "synonym", {"wanted": "on"}),
    "description": ("/tag/print/rediger", "excerpt", {"body": ""}),
}
every_form = pytest.mark.parametrize(("address", "field", "more"), FORMS.values(), ids=FORMS)


@pytest.fixture
def send(visit, cast):
    make_tags("print")

    def send(address, status, **fields):
        if address.endswith("/rediger"):
            fields["version"] = visit.get(address, as_=cast.mogens).form(address)["version"]
        return visit.post(address, as_=cast.mogens, status=status, **fields)

    return send


def marks(page):
    return [mark.text for mark in page.all("mark")]


def kept():
    entries = db.session.query(JournalEntry).filter_by(act="TagGuardOverruled")
    return [(entry.by_id, entry.facts) for entry in entries]


def acts():
    return db.session.query(JournalEntry).count()


@every_form
def test_the_number_is_marked_and_can_be_masked(send, address, field, more):
    before = acts()
    page = send(address, 400, **more | {field: NUMBER})
    assert marks(page) == [NUMBER]
    mask = page.form(address, field)["mask"]
    page = send(address, 200, **more | {field: NUMBER}, mask=mask)
    assert page.form(address, field)[field].strip() == MASKED
    assert acts() == before


@every_form
def test_one_press_keeps_the_number_and_the_journal_knows(send, cast, address, field, more):
    page = send(address, 400, **more | {field: NUMBER})
    send(address, 303, **more | {field: NUMBER}, not_cpr=page.form(address, field)["not_cpr"])
    tag = find_name("print") if field == "excerpt" else find_name(NUMBER)
    assert kept() == [(cast.mogens.id, {"tag_id": tag.id, "count": 1})]


@every_form
def test_another_number_is_still_refused(send, address, field, more):
    prints = send(address, 400, **more | {field: NUMBER}).form(address, field)["not_cpr"]
    before = acts()
    page = send(address, 400, **more | {field: f"{NUMBER}, {OTHER}"}, not_cpr=prints)
    assert (marks(page), acts()) == ([OTHER], before)


def test_a_merge_names_the_number_and_not_a_missing_tag(send):
    page = send(MERGE, 400, into=NUMBER)
    assert marks(page) == [NUMBER]
    assert "findes ikke" not in page.text
    page = send(MERGE, 400, into=NUMBER, not_cpr=page.form(MERGE)["not_cpr"])
    assert "Det emneord findes ikke." in page.text


@pytest.fixture
def tagged(cast):
    """A question with a tag that its author said is no CPR number."""
    prints = [fingerprint(find) for find in find_cpr_numbers(NUMBER)]
    return asked(cast.anne, body="Første", tags=[NUMBER], not_cpr=prints)


def test_what_is_a_tag_is_not_asked_about_again(send, tagged):
    send("/spoerg", 303, title="Det samme igen?", tags=NUMBER)
    send(MERGE, 303, into=NUMBER)
    assert db.session.query(Question).count() == 2
    assert len(kept()) == 1


@pytest.mark.parametrize("tags", [None, [NUMBER, "toner"]])
def test_a_question_with_a_kept_tag_is_edited(cast, tagged, tags):
    edit(tagged, body="Anden", tags=tags, from_revision=1, by=cast.anne)
    assert db.session.query(Question).one().source == "Anden"


def test_a_suggestion_with_a_kept_tag_is_taken(cast, tagged):
    suggestion = suggest_edit(tagged, body="Anden", tags=[NUMBER], from_revision=1, by=cast.karim)
    decide_suggestion(suggestion, True, by=cast.anne)
    assert db.session.query(Question).one().source == "Anden"
