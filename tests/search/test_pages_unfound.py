"""/soegt as a person sees it, and the way from a search to its list."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.asking import ask
from midtlink.questions.models import Question
from midtlink.search.counting import flush_searches, searches
from midtlink.search.gathering import gather_searches
from midtlink.search.models import Search, Unfound
from midtlink.search.settling import list_unfound
from midtlink.topics.appointing import appoint
from tests.topics.making import make_system
from tests.world.statements import statements_of

BUTTONS = ("csrf_token", "preview", "mask", "look")


def filled(page, address, holding=""):
    """What the form of a page sends when its main button is pressed."""
    fields = page.form(address, holding)
    return {name: fields[name] for name in fields if name not in BUTTONS}


@pytest.fixture(autouse=True)
def begin_anew():
    searches.forget()
    yield
    searches.forget()


@pytest.fixture
def missed(app, clock):
    """Words that were searched for and not found."""

    def make(words, count=1, **more):
        row = Unfound(
            key=words, words=words, zero_count=count, unopened_count=0,
            first_at=clock(), last_at=clock(), **more,
        )  # fmt: skip
        in_transaction(lambda: db.session.add(row))
        return row

    return make


def is_found():
    flush_searches()
    db.session.expire_all()
    return [row.is_found for row in db.session.query(Search)]


def hrefs(page, beginning):
    found = [link.get("href") or "" for link in page.all("a")]
    return [href for href in found if href.startswith(beginning)]


def test_a_search_without_hits_comes_to_the_list(visit, cast, clock, index):
    visit.get("/soeg?q=udlogning", as_=cast.karim)
    visit.get("/soeg?q=udlogning", as_=cast.karim)
    flush_searches()
    gather_searches()
    page = visit.get("/soegt", as_=cast.bodil)
    assert "udlogning" in page.text
    assert "1 gang uden fund" in page.text
    assert "karim" not in page.html


def test_looking_at_the_list_searches_for_nobody(visit, cast, missed, index):
    missed("udlogning")
    visit.get(hrefs(visit.get("/soegt", as_=cast.bodil), "/soeg?")[0], as_=cast.bodil)
    assert is_found() == []


def test_typing_and_page_two_are_no_searches(visit, cast, index):
    visit.post("/soeg/imens", as_=cast.karim, status=200, q="udlogning")
    visit.get("/soeg?q=udlogning&side=2", as_=cast.karim)
    assert is_found() == []


@pytest.mark.parametrize("opens", ["/q/", "/post/"])
def test_opening_a_hit_counts_as_found(visit, cast, clock, caught_up, opens):
    anne = cast.anne
    in_transaction(lambda: ask(title="Signere notat", body="Hvordan signere?", by=anne))
    caught_up()
    page = visit.get("/soeg?q=signere", as_=cast.karim)
    assert is_found() == [False]
    visit._open("GET", hrefs(page, opens)[0], None)
    assert is_found() == [False]
    visit._open("GET", hrefs(page, opens)[0], cast.karim)
    assert is_found() == [True]


def test_yes_counts_as_found(visit, cast, clock, caught_up):
    anne = cast.anne
    in_transaction(lambda: ask(title="Signere notat", by=anne))
    caught_up()
    form = filled(visit.get("/soeg?q=signere", as_=cast.karim), "/soeg/fundet")
    visit.post("/soeg/fundet", as_=cast.karim, **form)
    assert is_found() == [True]


def test_a_page_with_a_token_is_the_page(visit, cast, clock):
    anne = cast.anne
    question = in_transaction(lambda: ask(title="Signere notat", by=anne))
    for token in ("abcdefghijklmnop", "x" * 500, "%00", "æ"):
        visit.get(f"/q/{question.id}/{question.slug}?fra={token}", as_=cast.karim)
    assert is_found() == []


def test_the_list_is_for_those_who_can_answer(visit, cast, missed):
    missed("udlogning")
    system, jonas, astrid = make_system("EPJ"), cast.jonas, cast.astrid
    for may_not in (cast.karim, astrid, jonas):
        visit.get("/soegt", as_=may_not, status=403)
    in_transaction(lambda: appoint(jonas, system=system, department=None, by=astrid))
    for may in (cast.bodil, cast.mogens, jonas):
        assert "udlogning" in visit.get("/soegt", as_=may).text


def test_ones_own_systems_come_first_and_can_be_chosen(visit, cast, missed):
    epj, jonas, astrid = make_system("EPJ"), cast.jonas, cast.astrid
    missed("kælder", 9)
    missed("journal hænger", system_id=epj.id)
    in_transaction(lambda: appoint(jonas, system=epj, department=None, by=astrid))
    text = visit.get("/soegt", as_=jonas).text
    assert text.index("journal hænger") < text.index("kælder")
    text = visit.get("/soegt", as_=cast.bodil).text
    assert text.index("kælder") < text.index("journal hænger")
    text = visit.get("/soegt?system=epj", as_=cast.bodil).text
    assert "journal hænger" in text
    assert "kælder" not in text
    visit.get("/soegt?system=findes-ikke", as_=cast.bodil, status=404)
    assert "/soegt?system=epj" in hrefs(visit.get("/system/epj", as_=jonas), "/soegt")
    assert hrefs(visit.get("/system/epj", as_=cast.karim), "/soegt") == []


def test_an_empty_list_says_so(visit, cast):
    assert "Der er ingenting at gøre." in visit.get("/soegt", as_=cast.bodil).text


def test_what_does_not_matter_can_be_taken_away_and_had_back(visit, cast, missed):
    address = f"/soegt/{missed('frokost').id}/irrelevant"
    form = filled(visit.get("/soegt", as_=cast.bodil), address)
    visit.post(address, as_=cast.bodil, **form)
    assert list_unfound() == []
    undo = filled(visit.get("/soegt", as_=cast.bodil), address)
    visit.post(address, as_=cast.bodil, **undo)
    assert [row.words for row in list_unfound()] == ["frokost"]


def test_a_question_asked_from_the_list_settles_it(visit, cast, missed):
    row = missed("udlogning")
    (link,) = hrefs(visit.get("/soegt", as_=cast.bodil), "/spoerg?")
    form = filled(visit.get(link, as_=cast.bodil), "/spoerg", "title")
    assert (form["title"], form["soegt"]) == ("udlogning", str(row.id))
    sent = visit.post("/spoerg", as_=cast.bodil, **form | {"title": "Hvordan logger jeg ud?"})
    assert "Skriv nu svaret" in visit.get(sent.location, as_=cast.bodil).text
    row = db.session.get(Unfound, row.id)
    assert (row.settlement, row.question_id) == ("question", db.session.query(Question).one().id)


def test_a_member_who_forges_the_way_settles_nothing(visit, cast, missed):
    row = missed("udlogning")
    assert "soegt" not in filled(
        visit.get(f"/spoerg?soegt={row.id}", as_=cast.karim), "/spoerg", "title"
    )
    for forged in (row.id, 999, "x", "9" * 40):
        visit.post("/spoerg", as_=cast.karim, title=f"Hvad er {forged}?", soegt=str(forged))
    assert list_unfound() == [row]


def test_the_list_asks_as_much_of_the_database_with_many_rows(visit, cast, missed):
    for number in range(60):
        missed(f"ord {number}", system_id=make_system(f"S{number}").id if number < 9 else None)
    assert statements_of(visit, "/soegt", cast.bodil) == 2
    assert statements_of(visit, "/administration/synonymer", cast.bodil) == 1
