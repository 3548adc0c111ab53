"""/hvem, and the cards of systems and tags: who knows something, and how one finds them."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.people.models import Person
from midtlink.topics.duty import begin_duty
from midtlink.topics.naming import tags_named
from tests.questions.threads import staff
from tests.reputation.experts_made import appointed, change, consent, known_for
from tests.topics.making import make_question, make_system


@pytest.fixture
def epj(cast):
    return make_system("EPJ")


def people(page):
    links = (link for row in page.all("li") for link in row.iter("a"))
    return [a.get("href") for a in links if a.get("href", "").startswith("/p/")]


def test_super_users_and_who_said_yes_are_found_with_the_reason(visit, cast, epj):
    change(Person, cast.karim.id, phone="12 34 56 78")
    appointed(cast.karim, system=epj, by=cast.astrid)
    consent(cast.jonas)
    known_for(cast.jonas, epj)
    begin_duty(by=cast.karim)
    page = visit.get("/hvem?q=epj", as_=cast.anne)
    assert people(page)[-2:] == ["/p/karim", "/p/jonas"]
    assert "Superbruger: EPJ" in page.text and "Kendt for EPJ" in page.text
    assert "På vagt til kl." in page.text and "12 34 56 78" in page.text
    assert "Jonas" not in visit.get("/hvem?q=epj&nu=on", as_=cast.anne).text


def test_every_choice_is_in_the_form_again(visit, cast, epj):
    department = cast.anne.department_id
    address = f"/hvem?q=notat&system=epj&afdeling={department}&nu=on"
    form = visit.get(address, as_=cast.anne).form("/hvem")
    chosen = {"q": "notat", "system": "epj", "afdeling": str(department), "nu": "on"}
    assert form == chosen


def test_a_tag_is_kept_until_it_is_taken_away(visit, cast):
    make_question("Hvad nu?", author=cast.anne, tags=["print"])
    page = visit.get("/hvem?emne=print&nu=on", as_=cast.anne)
    assert page.form("/hvem")["emne"] == "print"
    assert any(a.get("href") == "/hvem?nu=on" for a in page.all("a"))


@pytest.mark.parametrize(
    ("query", "status"),
    [("system=ukendt", 400), ("afdeling=x", 400), ("afdeling=999", 400), ("nu=ja", 400),
     ("q=%00", 400), ("efter=x", 400), ("emne=ukendt", 404), ("emne=%00", 404),
     ("q=" + "x" * 900, 200), ("q=%25_", 200), ("q=%F0%9F%98%80", 200), ("efter=0-999", 200)],
)  # fmt: skip
def test_what_no_form_sends_is_refused(visit, cast, query, status):
    visit.get(f"/hvem?{query}", as_=cast.anne, status=status)


def test_an_empty_list_leads_to_asking(visit, cast):
    page = visit.get("/hvem?q=printer", as_=cast.anne)
    assert "Ingen er nævnt her endnu" in page.text
    assert any(a.get("href") == "/spoerg?titel=printer" for a in page.all("a"))
    page = visit.get("/hvem?q=printer&nu=on", as_=cast.anne)
    assert "Ingen svarer lige nu" in page.text
    assert any(a.get("href") == "/hvem?q=printer" for a in page.all("a"))


def test_a_tag_of_hidden_questions_is_no_page(visit, cast):
    make_question("Skjult", author=cast.mogens, tags=["hemmelig"], hidden_at=clock.now())
    visit.get("/hvem?emne=hemmelig", as_=cast.anne, status=404)
    visit.get("/hvem?emne=hemmelig", as_=cast.mogens)


def test_pages_go_on_with_the_same_choices(visit, cast, epj):
    for person in staff(25):
        appointed(person, system=epj, by=cast.astrid)
    page = visit.get("/hvem?system=epj", as_=cast.anne)
    (older,) = [a.get("href") for a in page.all("a") if a.get("rel") == "next"]
    rest = visit.get(older, as_=cast.anne)
    assert len(people(page) + people(rest)) == len({*people(page), *people(rest)}) == 25
    assert any(a.get("href") == "/hvem?system=epj" for a in rest.all("a"))


def test_the_menu_and_the_pages_of_topics_lead_there(visit, cast, epj):
    make_question("Hvad nu?", author=cast.anne, tags=["print"])
    for path, address in (
        ("/", "/hvem"),
        ("/system/epj", "/hvem?system=epj"),
        ("/tag/print", "/hvem?emne=print"),
    ):
        page = visit.get(path, as_=cast.karim)
        assert any(a.get("href") == address for a in page.all("a"))


def test_the_cards_name_who_said_yes_once_and_ones_own_department_first(visit, cast, epj):
    tag = in_transaction(lambda of=cast.anne: tags_named(["print"], by=of)[0])
    make_question("Hvad nu?", author=cast.anne, tags=["print"])
    for person in (cast.jonas, cast.karim):
        consent(person)
        known_for(person, epj)
        known_for(person, tag)
    for person in (cast.bodil, cast.karim):
        appointed(person, system=epj, by=cast.astrid)
    page = visit.get("/system/epj", as_=cast.karim)
    assert people(page) == ["/p/karim", "/p/bodil", "/p/jonas"]
    text = visit.get("/tag/print", as_=cast.anne).text
    assert "Jonas Holt" in text and "Karim Aziz" in text
