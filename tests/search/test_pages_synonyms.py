"""/administration/synonymer as a person sees it."""

from pathlib import Path

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.asking import ask
from midtlink.search.models import Synonyms, Unfound
from midtlink.search.synonyms import changing, groups
from midtlink.search.synonyms.changing import save_group
from midtlink.topics.appointing import appoint
from tests.topics.making import make_system

HERE = "/administration/synonymer"


BUTTONS = ("csrf_token", "preview", "mask", "look")


def filled(page, address, holding=""):
    """What the form of a page sends when its main button is pressed."""
    fields = page.form(address, holding)
    return {name: fields[name] for name in fields if name not in BUTTONS}


@pytest.fixture
def group(cast, clock):
    by = cast.bodil
    return in_transaction(lambda: save_group(None, "kode, password", by=by))


def test_the_list_shows_groups_with_who_and_when(visit, cast, group):
    shipped = Synonyms(words="EPJ, journal", changed_at=group.changed_at)
    in_transaction(lambda: db.session.add(shipped))
    page = visit.get(HERE, as_=cast.mogens)
    rows = [" ".join("".join(row.itertext()).split()) for row in page.tree.iterfind(".//tbody/tr")]
    assert rows[0].startswith("EPJ, journal Fulgte med MidtLink")
    assert rows[1].startswith("kode, password Bodil Friis")
    assert "/administration" not in [link.get("href") for link in page.all("a")]


def test_the_list_is_looked_through(visit, cast, group):
    assert "kode, password" in visit.get(f"{HERE}?find=PASSW", as_=cast.astrid).text
    page = visit.get(f"{HERE}?find=findes+ikke", as_=cast.astrid)
    assert "Ingen gruppe har det ord." in page.text


def test_an_empty_list_says_so(visit, cast):
    assert "Der er ingen synonymer endnu." in visit.get(HERE, as_=cast.bodil).text


def test_a_group_is_added(visit, cast):
    form = filled(visit.get(f"{HERE}/ny", as_=cast.bodil), f"{HERE}/ny", "words")
    visit.post(f"{HERE}/ny", as_=cast.bodil, **form | {"words": "EPJ, journal"})
    page = visit.get(HERE, as_=cast.bodil)
    assert "Synonymerne er gemt." in page.text
    assert groups() == [["EPJ", "journal"]]


def test_a_group_is_changed_and_a_stale_form_is_refused(visit, cast, clock, group):
    address = f"{HERE}/{group.id}"
    form = filled(visit.get(address, as_=cast.bodil), address, "words")
    assert form["words"].strip() == "kode, password"
    clock.forward(minutes=1)
    visit.post(address, as_=cast.bodil, **form | {"words": "kode, password, løsen"})
    assert groups() == [["kode", "password", "løsen"]]
    visit.post(address, as_=cast.mogens, status=409, **form | {"words": "kode, kort"})
    assert groups() == [["kode", "password", "løsen"]]


def test_what_was_typed_wrongly_stays_with_its_reason(visit, cast):
    page = visit.post(f"{HERE}/ny", as_=cast.bodil, status=400, words="alene")
    assert "Skriv mindst to ord med komma imellem." in page.text
    assert page.form(f"{HERE}/ny", "words")["words"].strip() == "alene"


def test_a_cpr_number_is_stopped(visit, cast):
    page = visit.post(f"{HERE}/ny", as_=cast.bodil, status=400, words="epj, 010190-1234")
    assert "Er det et CPR-nummer?" in page.text
    assert groups() == []
    kept = filled(page, f"{HERE}/ny", "words") | {"not_cpr": page.form(f"{HERE}/ny")["mask"]}
    visit.post(f"{HERE}/ny", as_=cast.bodil, **kept)
    assert groups() == [["epj", "010190-1234"]]


def test_a_word_of_another_group_is_asked_about(visit, cast, group):
    page = visit.post(f"{HERE}/ny", as_=cast.bodil, status=400, words="password, løsen")
    assert "står allerede i gruppen" in page.text
    assert "Læg grupperne sammen" in page.text
    visit.post(f"{HERE}/ny", as_=cast.bodil, words="passord, løsen")
    assert groups()[1:] == [["passord", "løsen"]]
    visit.post(f"{HERE}/ny", as_=cast.bodil, words="password, pinkode", when_held="join")
    assert groups()[1:] == [["password", "pinkode", "kode"]]


def test_deleting_can_be_taken_back(visit, cast, group):
    address = f"{HERE}/{group.id}"
    assert visit.get(address, as_=cast.bodil).has_form(f"{address}/sletning")
    visit.post(f"{address}/sletning", as_=cast.bodil)
    page = visit.get(HERE, as_=cast.bodil)
    assert page.has_form(f"{address}/fortryd-sletning")
    assert groups() == []
    visit.get(address, as_=cast.bodil, status=404)
    visit.post(f"{address}/fortryd-sletning", as_=cast.bodil)
    assert groups() == [["kode", "password"]]


def test_the_preview_counts_and_saves_nothing(visit, cast, index, caught_up):
    anne = cast.anne
    in_transaction(lambda: ask(title="Ændre adgangskoden", by=anne))
    caught_up()
    page = visit.post(
        f"{HERE}/ny", as_=cast.bodil, status=200, words="zebrafrase, adgangskode", preview="yes"
    )
    rows = [["".join(cell.itertext()) for cell in row] for row in page.tree.iterfind(".//tbody/tr")]
    assert rows == [["zebrafrase", "0", "1"], ["adgangskode", "1", "1"]]
    assert page.form(f"{HERE}/ny", "words")["words"].strip() == "zebrafrase, adgangskode"
    assert groups() == []


def test_the_preview_takes_no_word_for_a_slip(visit, cast, index, caught_up):
    anne = cast.anne
    for title in ("Signere notat", "Kan ikke signere", "Hvem må signere?"):
        in_transaction(lambda title=title: ask(title=title, by=anne))
    caught_up()
    page = visit.post(
        f"{HERE}/ny", as_=cast.bodil, status=200, words="sigbere, zebra", preview="yes"
    )
    assert {cell.text for cell in page.tree.iterfind(".//tbody/tr/td")} == {"0"}


def test_without_an_index_there_is_no_preview(app, visit, cast, index):
    (Path(app.config["INSTANCE"]) / "search" / "current").unlink()
    page = visit.post(f"{HERE}/ny", as_=cast.bodil, status=200, words="a, b", preview="yes")
    assert page.tree.find(".//tbody") is None


def test_a_synonym_settles_what_was_not_found(visit, cast, clock):
    row = Unfound(
        key="udlogning", words="udlogning", zero_count=1, unopened_count=0,
        first_at=clock(), last_at=clock(),
    )  # fmt: skip
    in_transaction(lambda: db.session.add(row))
    form = filled(visit.get(f"{HERE}/ny?soegt={row.id}", as_=cast.bodil), f"{HERE}/ny", "words")
    assert form["words"].strip() == "udlogning,"
    response = visit.post(f"{HERE}/ny", as_=cast.bodil, **form | {"words": "udlogning, log af"})
    assert response.location == "/soegt"
    assert db.session.get(Unfound, row.id).settlement == "synonym"


def test_experts_may_and_others_may_not(visit, cast, group):
    system = make_system("EPJ")
    astrid, jonas = cast.astrid, cast.jonas
    for path in (HERE, f"{HERE}/ny", f"{HERE}/{group.id}"):
        visit.get(path, as_=jonas, status=403)
    visit.post(f"{HERE}/{group.id}/sletning", as_=jonas, status=403)
    in_transaction(lambda: appoint(jonas, system=system, department=None, by=astrid))
    visit.get(HERE, as_=jonas)


@pytest.mark.parametrize(
    "words", ["", "x" * 10_000, "\x00, a", "🙈, 🙉", "\u202ea, b", ",,,,", "*"]
)
def test_whatever_is_typed_gives_an_answer(visit, cast, words):
    for more in ({}, {"preview": "yes"}):
        response = visit._open(
            "POST", f"{HERE}/ny", cast.bodil,
            data={"words": words, "csrf_token": visit.token(cast.bodil), **more},
        )  # fmt: skip
        assert response.status_code in (200, 303, 400)


def test_a_preview_refuses_what_cannot_be_saved(visit, cast):
    for words, says in (
        (", ".join(f"ord{number}" for number in range(5_000)), "for meget tekst"),
        (", ".join(f"o{number}" for number in range(50)), "højst 40 ord"),
        ("010190-1234, kode", "CPR"),
    ):
        form = {"words": words, "preview": "yes"}
        assert says in visit.post(f"{HERE}/ny", as_=cast.bodil, status=400, **form).text


def test_there_are_not_more_groups_than_the_search_bears(visit, cast, monkeypatch, group):
    monkeypatch.setattr(changing, "MOST_GROUPS", 1)
    page = visit.post(f"{HERE}/ny", as_=cast.bodil, status=400, words="sol, måne")
    assert "plads til 1 grupper" in page.text
