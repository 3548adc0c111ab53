"""“Mine søgninger”, as people meet them: kept from the search page, told of on the front page."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.asking import ask
from midtlink.search.models import SavedSearch
from midtlink.search.saved.saving import save_search
from midtlink.search.saved.watching import count_new_hits
from tests.questions.threads import rows
from tests.world.cast import make_person
from tests.world.statements import statements_of

LIST = "/soegninger"


@pytest.fixture
def saved(cast, clock):
    """A search that Karim watches."""
    return save("signere notat", cast.karim, is_watched=True)


@pytest.fixture
def news(cast, clock, saved, caught_up):
    """Two new questions that it finds, and the sweeper has been there."""
    clock.forward(minutes=5)
    anne = cast.anne
    for title in ("Kan man signere et notat?", "Notat uden overskrift"):
        in_transaction(lambda title=title: ask(title=title, by=anne))
    caught_up()
    clock.forward(minutes=5)
    count_new_hits()
    return saved


def save(query, by, **more):
    return in_transaction(lambda: save_search(query, by=by, **more))


def send(visit, person, **fields):
    """Send the form that saves and return the page that one comes to."""
    told = visit.post(LIST, as_=person, **fields)
    return visit.get(told.location, as_=person)


def kept_on(page):
    """The searches that the page lists."""
    return [heading.text for heading in page.all("main")[0].iter("h2")]


def test_the_page_of_hits_offers_to_save_the_search(visit, cast, news):
    form = visit.get("/soeg?q=notat", as_=cast.anne).form(LIST)
    assert (form["q"], form["next"]) == ("notat", "/soeg?q=notat")
    page = send(visit, cast.anne, q=form["q"], next=form["next"])
    assert "Søgningen er gemt under Mine søgninger." in page.text
    (kept,) = rows(SavedSearch, person_id=cast.anne.id)
    assert (kept.query, kept.is_watched) == ("notat", False)


def test_nothing_typed_offers_nothing_to_save(visit, cast):
    assert not visit.get("/soeg", as_=cast.anne).has_form(LIST)


def test_a_search_that_is_kept_says_so_where_it_is_run(visit, cast, saved):
    page = visit.get("/soeg?q=signere+notat", as_=cast.karim)
    assert "Gemt ✓ Du får besked, når der er nyt." in page.text
    assert not page.has_form(LIST)
    assert visit.get("/soeg?q=signere+notat", as_=cast.anne).has_form(LIST)


def test_saved_searches_are_listed(visit, cast, saved):
    page = visit.get(LIST, as_=cast.karim)
    assert kept_on(page) == ["signere notat"]
    assert "Gemt lige nu" in page.text
    (bell,) = [each for each in page.all("button") if each.get("aria-pressed")]
    assert bell.get("aria-pressed") == "true"
    assert "Giver besked ✓" in page.text
    assert "signere" not in visit.get(LIST, as_=cast.anne).text


def test_an_empty_list_says_what_to_do(visit, cast):
    page = visit.get(LIST, as_=cast.anne)
    assert "Ingen gemte søgninger" in page.text
    assert "/soeg" in [link.get("href") for link in page.all("main")[0].iter("a")]


def test_news_are_told_on_the_front_page_until_they_are_opened(visit, cast, news):
    page = visit.get("/", as_=cast.karim)
    assert "Nyt i 2 spørgsmål om “signere notat”" in page.text
    assert "Nyt i" not in visit.get("/", as_=cast.anne).text
    path = f"{LIST}/{news.id}/aabning"
    assert page.has_form(path)
    hits = visit.get(visit.post(path, as_=cast.karim).location, as_=cast.karim)
    assert "Notat uden overskrift" in hits.text
    assert "Nyt i" not in visit.get("/", as_=cast.karim).text


def test_opening_shows_what_has_changed_since(visit, cast, news):
    first = visit.post(f"{LIST}/{news.id}/aabning", as_=cast.karim).location
    again = visit.post(f"{LIST}/{news.id}/aabning", as_=cast.karim).location
    assert first == "/soeg?q=signere+notat+aktiv:%3E%3D2026-11-18"
    assert again == "/soeg?q=signere+notat"


def test_a_reader_of_english_is_told_in_english(visit, cast, news, caught_up):
    ada = make_person("ada", "Ada Byron", "læge", "Medicinsk Afdeling", language="en")
    saved = save("notat", ada, is_watched=True)
    in_transaction(lambda: setattr(db.session.get(SavedSearch, saved.id), "new_count", 1))
    assert "News in 1 question about “notat”" in visit.get("/", as_=ada).text
    assert "1 with news" in visit.get(LIST, as_=ada).text
    opened = visit.post(f"{LIST}/{saved.id}/aabning", as_=ada)
    assert "active:" in opened.location


def test_looking_at_the_hits_by_their_address_marks_nothing_as_seen(visit, cast, news):
    visit.get("/soeg?q=signere+notat", as_=cast.karim)
    assert "Nyt i" in visit.get("/", as_=cast.karim).text


def test_the_list_tells_what_is_new_too(visit, cast, news):
    page = visit.get(LIST, as_=cast.karim)
    assert "2 med nyt" in page.text
    assert "Se det nye" in page.text


def test_the_bell_is_switched_off_and_on(visit, cast, news):
    path = f"{LIST}/{news.id}/besked"
    for wanted, told in (("off", "Du får ikke længere besked."), ("on", "Du får besked")):
        visit.post(path, as_=cast.karim, wanted=wanted)
        assert told in visit.get(LIST, as_=cast.karim).text
        assert ("Nyt i" in visit.get("/", as_=cast.karim).text) is (wanted == "on")


def test_a_deleted_search_can_be_had_back(visit, cast, saved):
    told = visit.post(f"{LIST}/{saved.id}/sletning", as_=cast.karim)
    page = visit.get(told.location, as_=cast.karim)
    assert rows(SavedSearch) == []
    assert "Søgningen er slettet." in page.text
    undo = page.form(LIST)
    assert "Fortryd" in page.text
    send(visit, cast.karim, q=undo["q"], is_watched=undo["is_watched"])
    (back,) = rows(SavedSearch)
    assert (back.query, back.is_watched, back.person_id) == ("signere notat", True, cast.karim.id)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("", "Der er ingen søgning at gemme"),
        ('"" -', "Der er ingen søgning at gemme"),
        ("x" * 301, "Der er plads til 300 tegn"),
        ("notat 010285-1234", "ligner et CPR-nummer"),
        ("a\x00", "Der er ingen søgning at gemme"),
    ],
    ids=["empty", "operators", "long", "cpr", "nul"],
)
def test_what_cannot_be_kept_is_said(visit, cast, query, told):
    assert told in send(visit, cast.anne, q=query).text
    assert rows(SavedSearch) == []


def test_the_fifty_first_is_declined(visit, cast):
    for number in range(50):
        save(f"printer {number}", cast.anne)
    assert "Du har gemt 50 søgninger" in send(visit, cast.anne, q="en til").text


@pytest.mark.parametrize("query", ["kage 🙈", "\u202eabc", "<b>fed</b>", "[tag] -x* score:>=3"])
def test_odd_words_are_kept_and_shown_as_they_are(visit, cast, query):
    assert kept_on(send(visit, cast.anne, q=query)) == [query]


@pytest.mark.parametrize("act", ["besked", "aabning", "sletning"])
def test_others_are_refused(visit, cast, saved, act):
    path = f"{LIST}/{saved.id}/{act}"
    fields = {"wanted": "off"} if act == "besked" else {}
    visit.post(path, as_=cast.anne, status=404, **fields)
    visit.post(path, as_=None, status=401, **fields)
    visit.post(path, as_=cast.karim, status=400, token=False, **fields)
    visit.get(path, as_=cast.karim, status=405)
    (kept,) = rows(SavedSearch)
    assert kept.is_watched


def test_a_wish_that_no_form_sends_is_refused(visit, cast, saved):
    visit.post(f"{LIST}/{saved.id}/besked", as_=cast.karim, status=400, wanted="perhaps")
    visit.post(LIST, as_=cast.karim, status=400, q="notat", is_watched="perhaps")


def test_the_way_back_stays_on_this_server(visit, cast):
    told = visit.post(LIST, as_=cast.anne, q="notat", next="https://evil.example/")
    assert told.location == LIST


def test_many_searches_cost_one_statement(visit, cast, saved):
    assert statements_of(visit, LIST, cast.karim) == 1
    for number in range(20):
        save(f"printer {number}", cast.karim)
    assert statements_of(visit, LIST, cast.karim) == 1
