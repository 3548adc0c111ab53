"""/system/<slug>: what a system is, who helps, what is asked about it."""

import pytest

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.topics.appointing import appoint
from midtlink.topics.models import SystemFollow
from tests.topics.making import make_question, make_system
from tests.world.statements import statements_of


def titles(page):
    return [link.text for link in page.tree.iterfind(".//main//li/div/h2/a")]


def test_the_page_says_what_the_system_is_and_who_helps(visit, cast):
    anne, astrid = cast.anne, cast.astrid
    epj = make_system(
        "EPJ",
        purpose="Patientens journal",
        owner_id=cast.bodil.id,
        owner_team="Team Journal",
        support_phone="1234 5678",
        promise="svar typisk inden 4 timer",
        status_line="Langsom siden kl. 22",
        is_running=False,
    )
    in_transaction(lambda: appoint(anne, system=epj, department=anne.department, by=astrid))
    page = visit.get("/system/epj", as_=cast.karim)
    for words in ("Patientens journal", "Bodil Friis", "Team Journal", "1234 5678", "Problemer",
                  "svar typisk inden 4 timer", "Langsom siden kl. 22", "Anne Mikkelsen",
                  "Akutafdelingen"):  # fmt: skip
        assert words in page.text
    assert not page.has_form("/system/epj/driftsstatus")


def test_a_super_user_of_another_department_than_ones_own_says_of_which(visit, cast):
    anne, bodil, astrid, epj = cast.anne, cast.bodil, cast.astrid, make_system("EPJ")
    for person in (anne, bodil):
        of = {"system": epj, "department": anne.department, "by": astrid}
        in_transaction(lambda person=person, of=of: appoint(person, **of))

    text = visit.get("/system/epj", as_=cast.karim).text

    assert text.count("for Akutafdelingen") == 1
    assert text.index("Bodil Friis") < text.index("for Akutafdelingen")


def test_the_page_lists_the_systems_questions_by_tab(visit, cast):
    epj = make_system("EPJ")
    make_question("Ubesvaret spørgsmål", author=cast.anne, system=epj)
    make_question("Løst spørgsmål", author=cast.anne, system=epj, status="solved")
    make_question("Skjult spørgsmål", author=cast.anne, system=epj, hidden_at=clock.now())
    make_question("Andet system", author=cast.anne)
    shown = {
        tab: titles(visit.get(f"/system/epj?vis={tab}", as_=cast.karim))
        for tab in ("nyeste", "ubesvarede", "loest")
    }
    assert shown == {
        "nyeste": ["Løst spørgsmål", "Ubesvaret spørgsmål"],
        "ubesvarede": ["Ubesvaret spørgsmål"],
        "loest": ["Løst spørgsmål"],
    }


def test_paging_shows_every_question_once(visit, cast):
    epj = make_system("EPJ")
    for number in range(45):
        make_question(f"Spørgsmål nummer {number}", author=cast.anne, system=epj)
    seen, path = [], "/system/epj"
    while path:
        page = visit.get(path, as_=cast.karim)
        seen += titles(page)
        make_question("Et nyt imens", author=cast.anne, system=epj)
        path = next((a.get("href") for a in page.all("a") if a.get("rel") == "next"), None)
    assert seen == [f"Spørgsmål nummer {number}" for number in reversed(range(45))]


@pytest.mark.parametrize("query", ["vis=andet", "vis=nyeste'", "vis="])
def test_an_unknown_tab_is_no_page(visit, cast, query):
    make_system("EPJ")
    visit.get(f"/system/epj?{query}", as_=cast.karim, status=404)


@pytest.mark.parametrize("cursor", ["x", "1'", "-1", "9" * 30])
def test_a_broken_cursor_is_refused(visit, cast, cursor):
    make_system("EPJ")
    visit.get(f"/system/epj?efter={cursor}", as_=cast.karim, status=400)


@pytest.mark.parametrize("slug", ["ukendt", "%00", "%F0%9F%98%80", "a" * 2_000])
def test_an_unknown_system_is_no_page(visit, cast, slug):
    for path in ("", "/driftsstatus"):
        visit.get(f"/system/{slug}{path}", as_=cast.bodil, status=404)
    visit.post(f"/system/{slug}/foelg", as_=cast.karim, status=404, wanted="on")


def test_strangers_and_wrong_methods_are_turned_away(visit, cast):
    make_system("EPJ")
    visit.get("/system/epj", status=303)
    visit.post("/system/epj", as_=cast.karim, status=405)
    visit.get("/system/epj/foelg", as_=cast.karim, status=405)
    visit.post("/system/epj/foelg", status=401, wanted="on")


def test_following_is_set_and_withdrawn_never_toggled(visit, cast):
    make_system("EPJ")
    for wanted, count in (("on", 1), ("on", 1), ("off", 0), ("off", 0)):
        visit.post("/system/epj/foelg", as_=cast.karim, wanted=wanted)
        assert db.session.query(SystemFollow).count() == count


@pytest.mark.parametrize("wanted", ["", "1", "true", "ON", "[]", "null"])
def test_following_takes_on_or_off_alone(visit, cast, wanted):
    make_system("EPJ")
    visit.post("/system/epj/foelg", as_=cast.karim, status=400, wanted=wanted)
    assert db.session.query(SystemFollow).count() == 0


def test_a_system_out_of_use_says_so_and_is_not_followed(visit, cast):
    make_system("Gammel", is_active=False)
    assert "ikke længere i brug" in visit.get("/system/gammel", as_=cast.karim).text
    visit.post("/system/gammel/foelg", as_=cast.karim, status=403, wanted="on")


def test_it_sets_the_status_line(visit, cast):
    epj = make_system("EPJ")
    page = visit.get("/system/epj/driftsstatus", as_=cast.bodil)
    assert page.form("/system/epj/driftsstatus")["status_line"] == ""
    visit.post(
        "/system/epj/driftsstatus", as_=cast.bodil, runs="problem", status_line="Nede til kl. 23"
    )
    assert (epj.status_line, epj.is_running) == ("Nede til kl. 23", False)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"runs": "problem", "status_line": ""}, "Skriv kort, hvad der er galt."),
        ({"runs": "problem", "status_line": "x" * 201}, "plads til 200 tegn"),
        ({"runs": "ok", "status_line": "Ring om 010190-1234"}, "ligner et CPR-nummer"),
    ],
)
def test_a_status_that_does_not_fit_is_shown_again(visit, cast, typed, words):
    epj = make_system("EPJ")
    page = visit.post("/system/epj/driftsstatus", as_=cast.bodil, status=400, **typed)
    assert words in page.text
    assert page.form("/system/epj/driftsstatus")["status_line"] == typed["status_line"]
    assert (epj.status_line, epj.is_running) == ("", True)


def test_a_number_in_the_status_is_masked_with_one_press(visit, cast):
    make_system("EPJ")
    typed = {"runs": "ok", "status_line": "Ring om 010190-1234"}
    page = visit.post("/system/epj/driftsstatus", as_=cast.bodil, status=400, **typed)
    mask = page.form("/system/epj/driftsstatus")["mask"]
    page = visit.post("/system/epj/driftsstatus", as_=cast.bodil, status=200, mask=mask, **typed)
    shown = page.form("/system/epj/driftsstatus")["status_line"]
    assert shown == "Ring om XXXXXX-XXXX"


def test_only_it_sets_the_status(visit, cast):
    epj = make_system("EPJ")
    for person in (cast.karim, cast.mogens):
        visit.get("/system/epj/driftsstatus", as_=person, status=403)
        fields = {"runs": "ok", "status_line": "Nej"}
        visit.post("/system/epj/driftsstatus", as_=person, status=403, **fields)
    visit.post("/system/epj/driftsstatus", as_=cast.bodil, status=400, runs="yes", status_line="x")
    assert epj.status_line == ""


@pytest.mark.parametrize("rows", [3, 300])
def test_the_page_costs_six_statements_beyond_the_shell(visit, cast, rows):
    epj = make_system("EPJ", owner_id=cast.bodil.id)
    for number in range(rows):
        make_question(f"Spørgsmål {number}", author=cast.anne, system=epj, tags=[f"tag{number}"])
    assert statements_of(visit, "/system/epj", cast.karim) == 6
