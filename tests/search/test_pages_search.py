"""/soeg as a person sees it: hits, filters, and what to do where there are none."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from midtlink.events import in_transaction
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.search.counting import flush_searches, searches
from midtlink.search.indexing import rebuild
from midtlink.search.models import Search
from tests.topics.making import make_system
from tests.world.statements import statements_of


@pytest.fixture
def asked(cast, clock, index):
    def make(title, **more):
        clock.forward(minutes=5)
        more.setdefault("by", cast.anne)
        return in_transaction(lambda: ask(title=title, **more))

    return make


def titles(page):
    """The titles of the hits, marked words and all."""
    return ["".join(link.itertext()) for link in page.tree.iterfind(".//main//li/div/h2/a")]


def links(page, holding):
    """The links of a page by their words, those that lead to an address that begins so."""
    found = {}
    for link in page.all("a"):
        if (link.get("href") or "").startswith(holding):
            found[" ".join("".join(link.itertext()).split())] = link.get("href")
    return found


def query_of(address):
    return parse_qs(urlsplit(address).query)["q"][0]


def test_hits_are_counted_and_marked(visit, cast, asked, caught_up):
    for title in ("Signere et notat", "Hvordan signeres notater?", "Printeren er død"):
        asked(title)
    in_transaction(lambda: hide(asked("Signere skjult notat"), by=cast.mogens))
    caught_up()
    page = visit.get("/soeg?q=notat+signere", as_=cast.karim)
    assert set(titles(page)) == {"Hvordan signeres notater?", "Signere et notat"}
    assert "2 spørgsmål fundet" in page.text
    assert {"Signere", "notat", "notater"} <= {mark.text for mark in page.all("mark")}
    assert page.tree.find(".//input[@id='search']").get("value") == "notat signere"


def test_a_hit_shows_its_chosen_answer_and_where_the_words_stand(visit, cast, asked, caught_up):
    solved = asked("Etiketprinteren skriver blankt")
    given = in_transaction(lambda: answer(solved, body="Vend rullen om.", by=cast.jonas))
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    said = in_transaction(lambda: comment(solved, body="Spørg portøren om nøglen.", by=cast.karim))
    caught_up()
    page = visit.get("/soeg?q=rulle", as_=cast.karim)
    assert "Valgt svar Vend rullen om." in page.text
    assert urlsplit(links(page, "/post/")["Vend rullen om."]).path == f"/post/{given.id}"
    page = visit.get("/soeg?q=portør", as_=cast.karim)
    place = links(page, "/post/")["I en kommentar: Spørg portøren om nøglen."]
    assert urlsplit(place).path == f"/post/{said.id}"


def test_filters_count_and_narrow_and_are_taken_off(visit, cast, asked, caught_up):
    system = make_system("Labka")
    asked("Prøven er væk", system_slug=system.slug, tags=["hentetur"])
    asked("Prøven er her")
    caught_up()
    page = visit.get("/soeg?q=prøven", as_=cast.karim)
    narrower = links(page, "/soeg?q=pr")
    assert {"Labka 1", "hentetur 1", "Mangler svar 2", "2026 2"} <= set(narrower)
    assert "Akutafdelingen 2" in narrower
    assert query_of(narrower["Labka 1"]) == "prøven system:labka"

    page = visit.get(narrower["Labka 1"], as_=cast.karim)
    assert titles(page) == ["Prøven er væk"]
    off = links(page, "/soeg?q=pr")["Fjern filteret Labka"]
    assert query_of(off) == "prøven"


def test_every_facet_leads_to_as_many_as_it_says(visit, cast, asked, caught_up):
    system = make_system("Labka")
    solved = asked("Prøven er væk", system_slug=system.slug, tags=["hentetur"])
    asked("Prøven er her", tags=["hentetur"], by=cast.jonas)
    given = in_transaction(lambda: answer(solved, body="I køleren.", by=cast.jonas))
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    caught_up()
    narrower = links(visit.get("/soeg?q=prøven", as_=cast.karim), "/soeg?q=pr")
    counted = {words: href for words, href in narrower.items() if words[-2:] in (" 1", " 2")}
    assert len(counted) >= 6
    for words, href in counted.items():
        assert len(titles(visit.get(href, as_=cast.karim))) == int(words[-1]), words


def test_filters_alone_find_and_are_worded_in_english(visit, cast, asked, caught_up):
    asked("Prøven er væk")
    caught_up()
    in_transaction(lambda: setattr(cast.karim, "language", "en"))
    page = visit.get("/soeg?q=status:ubesvaret+-bruger:jonas+svar:0", as_=cast.karim)
    assert titles(page) == ["Prøven er væk"]
    chosen = links(page, "/soeg?q=")
    assert query_of(chosen["Remove the filter Needs an answer"]) == "-user:jonas answers:0"
    assert {"Remove the filter not jonas", "Remove the filter answers:0"} <= set(chosen)


def test_order_is_chosen(visit, cast, asked, caught_up):
    for number in range(3):
        asked(f"Printer nummer {number}")
    caught_up()
    orders = links(visit.get("/soeg?q=printer", as_=cast.karim), "/soeg?q=printer")
    assert query_of(orders["Hjalp flest"]) == "printer sorter:hjulpet"
    page = visit.get(orders["Nyeste først"], as_=cast.karim)
    assert titles(page) == [f"Printer nummer {number}" for number in (2, 1, 0)]


def test_a_misspelt_word_offers_what_was_meant(visit, cast, asked):
    for number in range(2):
        asked(f"Signatur nummer {number} synger")
    rebuild()
    page = visit.get("/soeg?q=sigantur+status:ubesvaret", as_=cast.karim)
    assert len(titles(page)) == 2
    assert "Mente du signatur ?" in page.text
    assert query_of(links(page, "/soeg?q=")["signatur"]) == "signatur status:ubesvaret"


def test_what_was_not_understood_is_told(visit, cast, asked, caught_up):
    asked("Signere notat")
    caught_up()
    page = visit.get("/soeg?q=notat+score:abc+system:findesikke", as_=cast.karim)
    assert "Vi forstod ikke “score:abc”." in page.text
    assert "Intet og ingen hedder “findesikke”." in page.text
    assert "Fjern filteret findesikke" in page.text


def test_what_was_not_understood_is_no_slip(visit, cast, asked):
    for number in range(2):
        asked(f"Signatur nummer {number} synger")
    rebuild()
    page = visit.get("/soeg?q=sorter:sigantur", as_=cast.karim)
    assert "Vi forstod ikke “sorter:sigantur”." in page.text
    assert "Mente du" not in page.text


def test_nothing_found_offers_to_ask_with_the_words_alone(visit, cast, index):
    page = visit.get("/soeg?q=b%C3%A6rbar+%26+k%C3%B8ler+status:l%C3%B8st", as_=cast.karim)
    assert "0 spørgsmål fundet" in page.text
    assert "Prøv færre eller andre ord" in page.text
    assert "/spoerg?titel=b%C3%A6rbar+k%C3%B8ler" in links(page, "/spoerg?").values()


def test_an_empty_search_shows_examples_that_run(visit, cast, asked, caught_up):
    asked("Signere notat")
    caught_up()
    page = visit.get("/soeg", as_=cast.karim)
    examples = links(page, "/soeg?q=")
    assert query_of(examples["status:uløst"]) == "status:uløst"
    assert titles(visit.get(examples["status:uløst"], as_=cast.karim)) == ["Signere notat"]


def test_paging_shows_every_hit_once(visit, cast, asked, caught_up):
    for number in range(25):
        asked(f"Toner nummer {number}")
    caught_up()
    page = visit.get("/soeg?q=toner", as_=cast.karim)
    assert "25 spørgsmål fundet. Side 1 af 2" in page.text
    after = next(a.get("href") for a in page.all("a") if a.get("rel") == "next")
    rest = visit.get(after, as_=cast.karim)
    assert sorted(titles(page) + titles(rest)) == sorted(f"Toner nummer {n}" for n in range(25))
    before = next(a.get("href") for a in rest.all("a") if a.get("rel") == "prev")
    assert titles(visit.get(before, as_=cast.karim)) == titles(page)


def test_beyond_the_last_page_there_is_a_way_back(visit, cast, asked, caught_up):
    asked("Toner mangler")
    caught_up()
    page = visit.get("/soeg?q=toner&side=9", as_=cast.karim)
    assert "Der er ikke flere." in page.text
    back = next(a.get("href") for a in page.all("a") if a.get("rel") == "prev")
    assert titles(visit.get(back, as_=cast.karim)) == ["Toner mangler"]


def test_without_an_index_the_titles_are_searched_and_it_is_told(visit, cast, asked, app):
    asked("Toner mangler")
    Path(app.config["INSTANCE"], "search", "current").unlink()
    page = visit.get("/soeg?q=toner", as_=cast.karim)
    assert titles(page) == ["Toner mangler"]
    assert "vi søger kun i overskrifter lige nu" in page.text


def test_who_found_it_is_thanked_and_stays(visit, cast, asked, caught_up):
    asked("Toner mangler")
    caught_up()
    page = visit.get("/soeg?q=toner", as_=cast.karim)
    answer = visit.post("/soeg/fundet", as_=cast.karim, next=page.form("/soeg/fundet")["next"])
    assert query_of(answer.location) == "toner"
    assert "Godt, at du fandt det." in visit.get(answer.location, as_=cast.karim).text
    away = visit.post("/soeg/fundet", as_=cast.karim, next="//evil.example/")
    assert away.location == "/soeg"


@pytest.mark.both_databases
@pytest.mark.parametrize(
    "query",
    ["", "q=", "q=%00", "q=%", "q=%zz", "q=%25", "q=%F0%9F%98%80", "q=%ff%fe", "q=_", "q='--",
     "q=%ED%A0%80", "q=<script>alert(1)</script>", "q=zz&q=b", "q[]=x", "q=\u200b", "q=\u202etxt",
     "q=er:+status:+[", "q=-x+-[y]", "q=%22", "q=***", "q=score:%3E%3D9+svar:0+status:hos-it",
     "q=" + "a" * 10_000, "q=" + "%C3%A6+" * 2_000, "q=" + "(" * 3_000],
    ids=lambda query: query[:20],
)  # fmt: skip
def test_no_input_breaks_the_search(visit, cast, asked, caught_up, query):
    asked("Toner mangler")
    caught_up()
    page = visit.get(f"/soeg?{query}", as_=cast.karim)
    assert titles(page) in ([], ["Toner mangler"])
    assert page.all("script") == [each for each in page.all("script") if each.get("src")]


def test_strangers_and_wrong_methods_are_turned_away(visit, cast):
    visit.get("/soeg?q=x", status=303)
    visit.post("/soeg", as_=cast.karim, status=405, q="x")
    visit.post("/soeg/fundet", status=401)


@pytest.mark.parametrize("side", ["'", "-1", "0", "1.5", "99999", "²", "abc", ""])
def test_a_page_that_is_no_number_is_the_first(visit, cast, asked, caught_up, side):
    asked("Toner mangler")
    caught_up()
    page = visit.get(f"/soeg?q=toner&side={side}", as_=cast.karim)
    assert titles(page) == ["Toner mangler"]


@pytest.mark.parametrize(
    "typed", ["mangler+010190-1234", "mangler+XXXXXX-XXXX", "1234+mangler+010190"]
)
def test_nothing_is_looked_for_with_a_cpr_number_and_it_is_told(
    visit, cast, asked, caught_up, typed
):
    searches.forget()
    asked("Toner mangler 1234")
    caught_up()
    page = visit.get(f"/soeg?q={typed}", as_=cast.karim, follow_redirects=True)
    assert "Vi fjernede et tal, der ligner et CPR-nummer." in page.text
    assert titles(page) == []
    assert not page.has_form("/soegninger")
    assert not page.has_form("/soeg/fundet")
    assert page.tree.find(".//input[@id='search']").get("value") == ""
    flush_searches()
    assert Search.query.all() == []


@pytest.mark.parametrize("hits", [3, 60])
def test_the_page_costs_six_statements_beyond_the_shell(visit, cast, asked, caught_up, hits):
    system = make_system("Print")
    for number in range(hits):
        asked(f"Toner {number}", tags=[f"tag{number}"], system_slug=system.slug)
    caught_up()
    assert statements_of(visit, "/soeg?q=toner", cast.karim) == 6
    assert statements_of(visit, "/soeg?q=toner+system:print+%5Btag1%5D", cast.karim) == 8
    assert statements_of(visit, "/soeg", cast.karim) == 0
