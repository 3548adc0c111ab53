"""“Det var svaret” on the form that asks, as people meet it."""

import pytest

from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.records import Draft
from midtlink.search.models import SparedQuestion
from tests.questions.threads import answered, asked, rows
from tests.world.cast import make_person

THANKS = "Godt, du fandt svaret – du sparede dine kolleger for et spørgsmål."


@pytest.fixture
def question(cast):
    question = asked(cast.anne, "Etiketprinteren skriver blankt")
    given = answered(question, cast.jonas)
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    return question


def press(visit, question, person, status=303, **typed):
    return visit.post(f"/q/{question.id}/det-var-svaret", as_=person, status=status, **typed)


def test_one_is_led_to_the_answer_with_thanks(visit, cast, question):
    told = press(visit, question, cast.karim, title="Blanke etiketter")
    assert told.location == f"/post/{question.accepted_answer_id}"
    page = visit.get(told.location, as_=cast.karim, follow_redirects=True)
    assert THANKS in page.text
    assert len(rows(SparedQuestion)) == 1


def test_what_was_typed_comes_back_when_one_takes_it_back(visit, cast, question):
    press(visit, question, cast.karim, title="Blanke etiketter", body="Rullen er ny", tags="print")
    assert visit.get("/spoerg", as_=cast.karim).form("/spoerg")["title"] == ""
    path = f"/q/{question.id}/stil-alligevel"
    press(visit, question, cast.jonas, title="Noget andet")
    assert visit.get("/", as_=cast.jonas).has_form(path)
    told = visit.post(path, as_=cast.karim)
    form = visit.get(told.location, as_=cast.karim).form("/spoerg")
    assert (form["title"], form["body"].strip(), form["tags"]) == (
        "Blanke etiketter",
        "Rullen er ny",
        "print",
    )
    assert len(rows(SparedQuestion)) == 1


def test_a_new_draft_is_kept_and_the_old_one_still_offered(visit, cast, question):
    press(visit, question, cast.karim, title="Blanke etiketter")
    visit.post("/kladde", as_=cast.karim, status=200, draft_kind="question", title="Nyt")
    told = visit.post(f"/q/{question.id}/stil-alligevel", as_=cast.karim)
    page = visit.get(told.location, as_=cast.karim)
    assert page.form("/spoerg")["title"] == "Nyt"
    assert "Du er begyndt på et nyt spørgsmål" in page.text
    assert page.has_form(f"/q/{question.id}/stil-alligevel")


@pytest.mark.parametrize(
    "typed", [{"title": "x" * 201}, {"body": "x" * 40_001}, {"tags": "x" * 501}], ids="-".join
)
def test_text_that_no_form_sends_is_refused(visit, cast, question, typed):
    press(visit, question, cast.karim, status=400, **typed)
    assert (rows(SparedQuestion), rows(Draft)) == ([], [])


def test_nul_and_nothing_are_no_trouble(visit, cast, question):
    press(visit, question, cast.karim, title="Hvor\x00er")
    press(visit, question, cast.jonas)
    assert len(rows(SparedQuestion)) == 2


def test_hidden_question_is_not_there(visit, cast, question):
    hide(question, by=cast.mogens)
    press(visit, question, cast.karim, status=404, title="Blanke etiketter")
    assert rows(SparedQuestion) == []


def test_wrong_method_and_outsiders_are_refused(visit, cast, question):
    visit.get(f"/q/{question.id}/stil-alligevel/", as_=cast.karim, status=404)
    press(visit, question, None, status=401)
    press(visit, question, cast.leif, status=401)


def test_the_thanks_are_english_too(visit, cast, question):
    ada = make_person("ada", "Ada Byron", "læge", "Medicinsk Afdeling", language="en")
    told = press(visit, question, ada, title="Blank labels")
    page = visit.get(told.location, as_=ada, follow_redirects=True)
    assert "you spared your colleagues a question" in page.text


def test_words_that_were_searched_for_go_into_the_form_past_the_guard(visit, cast):
    form = visit.get("/spoerg?titel=blanke+etiketter", as_=cast.karim).form("/spoerg")
    assert form["title"] == "blanke etiketter"
    told = visit.get("/spoerg?titel=hvor+er+010285-1234", as_=cast.karim, status=303)
    assert "010285" not in told.location
    assert "1234" not in visit.get(told.location, as_=cast.karim).form("/spoerg")["title"]
