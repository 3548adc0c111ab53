"""/soeg: a plain search in the titles; and addresses that would carry a CPR number."""

from urllib.parse import quote, urlsplit

import pytest

from midtlink import clock
from midtlink.questions.counting import answers_shown, forget
from tests.topics.making import make_question
from tests.topics.test_system_page import titles
from tests.world.statements import counted, statements_of


def test_titles_with_the_words_are_found_and_counted(visit, cast):
    for title in ("Signere et notat", "Hvordan signeres notater?", "Printeren er død"):
        make_question(title, author=cast.anne)
    make_question("Signere skjult notat", author=cast.anne, hidden_at=clock.now())
    page = visit.get("/soeg?q=notat+signere", as_=cast.karim)
    assert titles(page) == ["Hvordan signeres notater?", "Signere et notat"]
    assert "2 spørgsmål fundet" in page.text
    assert page.tree.find(".//input[@id='search']").get("value") == "notat signere"


def test_nothing_found_offers_to_ask_with_the_same_words(visit, cast):
    page = visit.get("/soeg?q=b%C3%A6rbar+%26+k%C3%B8ler", as_=cast.karim)
    assert "0 spørgsmål fundet" in page.text
    link = next(a for a in page.all("a") if (a.get("href") or "").startswith("/spoerg?"))
    assert link.get("href") == "/spoerg?titel=b%C3%A6rbar+%26+k%C3%B8ler"


def test_paging_shows_every_find_once(visit, cast):
    for number in range(25):
        make_question(f"Toner nummer {number}", author=cast.anne)
    page = visit.get("/soeg?q=toner", as_=cast.karim)
    older = next(a.get("href") for a in page.all("a") if a.get("rel") == "next")
    found = titles(page) + titles(visit.get(older, as_=cast.karim))
    assert found == [f"Toner nummer {number}" for number in reversed(range(25))]
    assert "25 spørgsmål fundet" in page.text


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%00", "q=%", "q=%zz", "q=%25", "q=%F0%9F%98%80", "q=%ff%fe", "q=_", "q='--",
     "q=%ED%A0%80", "q=<script>alert(1)</script>", "q=zz&q=b", "q[]=x", "q=\u200b",
     "q=" + "a" * 10_000, "q=" + "%C3%A6+" * 2_000, "q=" + "(" * 3_000],
    ids=lambda query: query[:20],
)  # fmt: skip
def test_no_input_breaks_the_search(visit, cast, query):
    make_question("Toner mangler", author=cast.anne)
    page = visit.get(f"/soeg?{query}", as_=cast.karim)
    assert titles(page) == []


def test_strangers_and_wrong_methods_are_turned_away(visit, cast):
    visit.get("/soeg?q=x", status=303)
    visit.post("/soeg", as_=cast.karim, status=405, q="x")
    visit.get("/soeg?q=x&efter='", as_=cast.karim, status=400)


@pytest.mark.parametrize(
    "typed", ["010190-1234", "010190 1234", "0101901234", "cpr: (010190)1234", "０１０１９０-1234"]
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_an_address_with_a_cpr_number_becomes_one_without(visit, cast, typed, is_signed_in):
    person = cast.karim if is_signed_in else None
    answer = visit.get(f"/soeg?q=bo+{quote(typed)}&efter=7", as_=person, status=303)
    assert urlsplit(answer.location).path == "/soeg"
    assert "1234" not in answer.location
    assert "XXXXXX-XXXX" in answer.location
    assert "efter=7" in answer.location


def test_every_page_and_every_field_of_an_address_is_masked_once(visit, cast):
    for path in ("/emner?find=", "/spoerg?titel=", "/log-ind?next=/soeg?q=", "/soeg?x=1&"):
        answer = visit.get(f"{path}010190-1234", as_=cast.karim, status=303)
        assert "1234" not in answer.location
    page = visit.get("/soeg?q=XXXXXX-XXXX", as_=cast.karim)
    assert "XXXXXX-XXXX" in page.text


def test_a_masked_address_never_leads_to_another_host(visit, cast):
    for path in ("//evil.example/soeg?q=010190-1234", "/%2F%2Fevil.example?q=010190-1234"):
        answer = visit.client(cast.karim).get(path)
        assert not answer.headers.get("Location", "/").startswith("//")


def test_the_number_in_the_search_box_is_counted_once_a_minute(visit, cast):
    forget()
    with counted() as cold:
        answers_shown()
    with counted() as warm:
        answers_shown()
    assert (len(cold), len(warm)) == (1, 0)


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_three_statements_beyond_the_shell(visit, cast, rows):
    for number in range(rows):
        make_question(f"Toner {number}", author=cast.anne, tags=[f"tag{number}"])
    assert statements_of(visit, "/soeg?q=toner", cast.karim) == 3


def test_the_words_stand_in_the_form_that_asks(visit, cast):
    page = visit.get("/spoerg?titel=b%C3%A6rbar+k%C3%B8ler", as_=cast.karim)
    assert page.form("/spoerg")["title"] == "bærbar køler"
