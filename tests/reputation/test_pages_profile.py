"""A colleague's page: points, whom they have helped, what they know, and what others never see."""

import pytest

from midtlink.people.models import Person
from midtlink.questions.accepting import accept_answer
from midtlink.questions.deleting import delete
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.reputation.helped import helped_by
from midtlink.settings.changing import change_setting
from tests.questions.threads import answered, asked
from tests.reputation.experts_made import appointed, change, consent, known_for
from tests.topics.making import make_system

BARS = "Har hjulpet"


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def counts(person, viewer):
    helped = helped_by(person, seen_by=viewer)
    return helped and [dict(each.counts) for each in
                       (helped.departments, helped.sites, helped.professions)]  # fmt: skip


@pytest.mark.both_databases
def test_the_asker_was_helped_and_no_bar_tells_who_voted(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    assert counts(cast.jonas, cast.karim) == [
        {"Akutafdelingen": 2},
        {"Hovedmatriklen": 2},
        {"sygeplejerske": 2},
    ]


@pytest.mark.both_databases
def test_help_with_ones_own_question_has_no_bar(cast):
    own = answered(asked(cast.jonas), cast.jonas)
    set_reaction(own, "helped", by=cast.karim)
    assert counts(cast.jonas, cast.karim) is None


@pytest.mark.both_databases
def test_help_that_counts_no_more_has_no_bar(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    withdraw_reaction(reply, "helped", by=cast.karim)
    assert counts(cast.jonas, cast.karim)[0] == {"Akutafdelingen": 1}
    delete(reply, by=cast.jonas)
    assert counts(cast.jonas, cast.karim) is None


@pytest.mark.both_databases
def test_where_one_worked_when_helped_is_what_counts(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    change(Person, cast.anne.id, department_id=cast.bodil.department_id, profession="læge")
    assert counts(cast.jonas, cast.anne) == [
        {"Akutafdelingen": 1},
        {"Hovedmatriklen": 1},
        {"sygeplejerske": 1},
    ]


def test_the_page_says_it_in_a_sentence_and_in_bars(visit, cast, reply):
    other = answered(asked(cast.karim, "Noget andet"), cast.jonas)
    set_reaction(other, "helped", by=cast.karim)
    accept_answer(reply, by=cast.anne)
    page = visit.get("/p/jonas", as_=cast.karim)
    assert "Har hjulpet 2 afdelinger, 1 matrikel, 2 faggrupper" in page.text
    assert "31 point" in page.text
    heads = [each.text.strip() for each in page.all("th") if each.get("scope") == "row"]
    assert heads == ["Akutafdelingen", "Portørcentralen", "Hovedmatriklen", "portør",
                     "sygeplejerske"]  # fmt: skip
    assert any(a.get("href") == "/point" for a in page.all("a"))


def test_many_points_are_written_as_people_write_them(visit, cast):
    change(Person, cast.jonas.id, points=1239)
    assert "1.240 point" in visit.get("/p/jonas", as_=cast.anne).text


def test_ones_own_page_offers_to_hide_and_to_show_again(visit, cast, reply):
    accept_answer(reply, by=cast.anne)
    assert visit.get("/p/jonas", as_=cast.jonas).form("/mig/skjul-point")["wanted"] == "on"
    assert not visit.get("/p/jonas", as_=cast.anne).has_form("/mig/skjul-point")
    visit.post("/mig/skjul-point", as_=cast.jonas, wanted="on", next="/p/jonas")
    page = visit.get("/p/jonas", as_=cast.jonas)
    assert "Dine point er skjult for andre." in page.text and BARS in page.text
    assert page.form("/mig/skjul-point")["wanted"] == "off"


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens", "astrid"])
def test_what_one_hides_is_on_nobody_elses_page(visit, cast, reply, name):
    other = answered(asked(cast.karim, "Noget andet"), cast.jonas)
    set_reaction(other, "helped", by=cast.karim)
    consent(cast.jonas, hides_points=True)
    change(Person, cast.jonas.id, points=9876)
    epj = make_system("EPJ")
    known_for(cast.jonas, epj)
    viewer = getattr(cast, name)
    for language in ("da", "en"):
        change(Person, viewer.id, language=language)
        for tab in ("", "?vis=spoergsmaal", "?vis=tak"):
            html = visit.get(f"/p/jonas{tab}", as_=viewer).html
            for words in ("9.877", "9,877", "9877", "9876", "Portørcentralen", "EPJ", "/point\">",
                          'class="bar"'):  # fmt: skip
                main = html[html.index("<main") : html.index("</main")]
                assert words not in main
        for path in ("/hvem", "/hvem?q=epj", "/hvem?system=epj", "/hvem?nu=on", "/system/epj"):
            assert "/p/jonas" not in visit.get(path, as_=viewer).html


def test_with_points_switched_off_the_page_reads_well(visit, cast, reply):
    accept_answer(reply, by=cast.anne)
    change_setting("points_are_on", "off", by=None, by_id=None)
    for viewer in (cast.jonas, cast.anne):
        page = visit.get("/p/jonas", as_=viewer)
        main = page.html[page.html.index("<main") : page.html.index("</main")]
        assert BARS not in main and "point" not in main.lower()


def test_what_somebody_knows_stands_with_its_links(visit, cast):
    epj = make_system("EPJ", owner_id=cast.jonas.id)
    known_for(cast.jonas, epj)
    appointed(cast.jonas, system=epj, by=cast.astrid)
    page = visit.get("/p/jonas", as_=cast.anne)
    assert "Ansvarlig for EPJ" in page.text and "Superbruger: EPJ" in page.text
    assert "Kendt for" not in page.text
    assert "Kun du kan se det." in visit.get("/p/jonas", as_=cast.jonas).text
    consent(cast.jonas)
    assert "Kendt for EPJ" in visit.get("/p/jonas", as_=cast.anne).text


def test_a_colleague_on_the_first_day_reads_well(visit, cast):
    page = visit.get(f"/p/{cast.karim.username}", as_=cast.anne)
    assert "Ingen svar endnu" in page.text and BARS not in page.text
    assert "1 point" in page.text
