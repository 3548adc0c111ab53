"""/spoerg, as people meet it: a title is enough, nothing typed is lost, no CPR number passes."""

import pytest

from midtlink.questions.asking import ask
from midtlink.questions.drafting import save_draft
from midtlink.questions.models import Question
from tests.questions.threads import answered, asked, rows
from tests.topics.making import make_system
from tests.world.statements import statements_of

CPR = "010285-1234"


def send(visit, person, status=303, **fields):
    return visit.post("/spoerg", as_=person, status=status, **fields)


def test_a_title_alone_is_enough(visit, cast):
    location = send(visit, cast.anne, title="Hvor er printeren?").location
    page = visit.get(location, as_=cast.anne)
    assert "Dit spørgsmål er sendt." in page.text
    assert [each.title for each in rows(Question)] == ["Hvor er printeren?"]


def test_ask_page_warns_and_names_the_urgent_phone(visit, cast):
    page = visit.get("/spoerg", as_=cast.anne)
    assert "Skriv aldrig CPR-nummer" in page.text
    assert "Ring til IT på 1234" in page.text


def test_blank_title_keeps_what_was_written(visit, cast):
    page = send(visit, cast.anne, 400, title=" ", body="Den blinker rødt", tags="printer")
    assert "Skriv, hvad du vil vide." in page.text
    assert page.form("/spoerg")["body"].strip() == "Den blinker rødt"
    assert page.form("/spoerg")["tags"] == "printer"


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "x" * 201},
        {"title": "Hvor er den?", "body": "x" * 40_001},
        {"title": "Hvor\x00 er den?"},
        {"title": "Hvor er den?", "system": "findes-ikke"},
        {"title": "Hvor er den?", "tags": "a, b, c, d, e, f"},
        {"title": "Hvor er den?", "body": ">" * 5_000},
        {"title": "Hvor er den?", "key": "x" * 41},
    ],
    ids=lambda fields: "-".join(fields),
)
def test_what_does_not_fit_is_refused(visit, cast, fields):
    send(visit, cast.anne, 400, **fields)
    assert not rows(Question)


def test_sixth_tag_is_refused_in_words(visit, cast):
    page = send(visit, cast.anne, 400, title="Hvor er den?", tags="a, b, c, d, e, f")
    assert "Skriv højst 5 emneord." in page.text
    assert page.form("/spoerg")["tags"] == "a, b, c, d, e, f"


def test_cpr_number_is_marked_and_nothing_is_stored(visit, cast):
    page = send(visit, cast.anne, 400, title="Kan ikke se patienten", body=f"Hun er {CPR} i listen")
    assert [mark.text for mark in page.all("mark")] == [CPR]
    assert page.form("/spoerg")["body"].strip() == f"Hun er {CPR} i listen"
    assert not rows(Question)


def test_one_press_masks_the_number_and_keeps_the_rest(visit, cast):
    typed = {"title": "Kan ikke se patienten", "body": f"Hun er {CPR} i listen"}
    found = send(visit, cast.anne, 400, **typed).form("/spoerg")
    page = send(visit, cast.anne, 200, **typed, mask=found["mask"])
    assert "Hun er XXXXXX-XXXX i listen" in page.form("/spoerg")["body"]
    assert "Nummeret er skjult" in page.text


def test_author_can_say_that_it_is_no_cpr_number(visit, cast):
    typed = {"title": "Hvad er varenummer", "body": f"Der står {CPR} på æsken"}
    found = send(visit, cast.anne, 400, **typed).form("/spoerg")
    send(visit, cast.anne, **typed, not_cpr=found["not_cpr"])
    assert rows(Question)[0].source == f"Der står {CPR} på æsken"


def test_form_sent_twice_asks_once(visit, cast):
    key = visit.get("/spoerg", as_=cast.anne).form("/spoerg")["key"]
    first = send(visit, cast.anne, title="Hvor er printeren?", key=key).location
    assert send(visit, cast.anne, title="Hvor er printeren?", key=key).location == first
    assert len(rows(Question)) == 1


def test_draft_is_restored(visit, cast):
    save_draft("question", title="Hvor er", source="Jeg leder", by=cast.anne)
    form = visit.get("/spoerg", as_=cast.anne).form("/spoerg")
    assert (form["title"], form["body"].strip()) == ("Hvor er", "Jeg leder")


def test_system_is_suggested_without_javascript(visit, cast):
    make_system("Print", words="printer, etiket")
    page = send(visit, cast.anne, 400, title="Printer", body="x" * 40_001)
    assert page.form("/spoerg")["system"] == "print"
    assert "Foreslået ud fra overskriften" in page.text


def test_declined_suggestion_is_not_made_again(visit, cast):
    make_system("Print", words="printer, etiket")
    page = send(
        visit, cast.anne, 400, title="Printer", body="x" * 40_001, system="", suggested="print"
    )
    assert page.form("/spoerg")["system"] == ""


@pytest.fixture
def printer(cast, caught_up):
    """An answered question that the index knows, and one that nobody has answered."""
    question = asked(cast.anne, "Etiketprinteren skriver blankt", body="Rullen er ny.")
    answered(question, cast.jonas)
    asked(cast.anne, "Kaffemaskinen drypper")
    caught_up()
    return question


def endings(page):
    """Where the buttons lead that end the asking."""
    return [each.get("formaction") for each in page.all("button") if each.get("formaction")]


def test_similar_questions_show_their_state_and_end_the_asking(visit, cast, printer):
    fragment = visit.post("/lignende", as_=cast.karim, status=200, title="etiketprinter blank")
    assert "Etiketprinteren skriver blankt Besvaret Det var svaret" in fragment.text
    assert endings(fragment) == [f"/q/{printer.id}/det-var-svaret"]


def test_a_question_without_an_answer_ends_no_asking(visit, cast, printer):
    fragment = visit.post("/lignende", as_=cast.karim, status=200, title="kaffemaskine")
    assert "Kaffemaskinen drypper Mangler svar" in fragment.text
    assert endings(fragment) == []


def test_what_is_told_of_it_finds_similar_questions_too(visit, cast, printer):
    told = {"title": "Hjælp", "body": "Etiketterne er blanke, og rullen er ny"}
    fragment = visit.post("/lignende", as_=cast.karim, status=200, **told)
    assert "Etiketprinteren skriver blankt" in fragment.text


def test_without_javascript_one_looks_before_asking(visit, cast, printer):
    page = send(visit, cast.karim, 200, title="etiketprinter blank", look="on")
    assert endings(page) == [f"/q/{printer.id}/det-var-svaret"]
    assert page.form("/spoerg")["title"] == "etiketprinter blank"
    assert len(rows(Question)) == 2


def test_enter_sends_the_question_and_does_not_end_the_asking(visit, cast, printer):
    page = visit.get("/spoerg?titel=etiketprinter", as_=cast.karim)
    assert endings(page)
    (form,) = [each for each in page.all("form") if each.get("action") == "/spoerg"]
    first = next(each for each in form.iter("button") if each.get("type") == "submit")
    assert "Send spørgsmål" in first.text
    assert (first.get("formaction"), first.get("name")) == (None, None)


def test_similar_of_nothing_is_empty(visit, cast):
    fragment = visit.post("/lignende", as_=cast.karim, status=200, title="")
    assert not fragment.text


def test_similar_suggests_a_system_until_one_is_chosen(visit, cast):
    make_system("Print", words="printer")
    open_form = visit.post("/lignende", as_=cast.anne, status=200, title="Printer er død")
    assert "system-choice" in open_form.html
    chosen = visit.post(
        "/lignende", as_=cast.anne, status=200, title="Printer er død", system="epj"
    )
    assert "system-choice" not in chosen.html


def test_preview_shows_what_will_be_stored(visit, cast):
    text = "**Vigtigt** <script>alert(1)</script>"
    fragment = visit.post("/vis-tekst", as_=cast.anne, status=200, body=text)
    question = ask(title="Hvordan ser det ud?", body=text, by=cast.anne)
    assert question.html.strip() in fragment.html


def test_preview_of_a_text_too_large_says_so(visit, cast):
    fragment = visit.post("/vis-tekst", as_=cast.anne, status=200, body=">" * 5_000)
    assert "for indviklet" in fragment.text


def test_ask_page_costs_little(visit, cast, printer):
    assert statements_of(visit, "/spoerg", cast.anne) == 2
    assert statements_of(visit, "/spoerg?titel=etiketprinter", cast.anne) == 4
