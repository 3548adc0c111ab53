"""/administration/systemer and /administration/superbrugere."""

import pytest

from midtlink.extensions import db
from midtlink.topics.models import SuperUser, System
from midtlink.topics.queries import find_system
from tests.topics.making import make_system
from tests.world.statements import statements_of

SYSTEMS, NEW, SUPER = (
    "/administration/systemer",
    "/administration/systemer/ny",
    "/administration/superbrugere",
)
ABOUT = {
    "name": "EPJ",
    "purpose": "Journal",
    "words": "notat",
    "owner": "",
    "owner_team": "Team Journal",
    "support_phone": "1234",
    "promise": "svar typisk inden 4 timer",
}


def test_an_administrator_adds_and_changes_a_system(visit, cast):
    assert "Der er ingen systemer endnu." in visit.get(SYSTEMS, as_=cast.astrid).text
    assert visit.get(NEW, as_=cast.astrid).has_form(NEW)
    assert visit.post(NEW, as_=cast.astrid, **ABOUT).location == "/system/epj"
    page = visit.get(f"{SYSTEMS}/epj", as_=cast.astrid)
    assert page.form(f"{SYSTEMS}/epj")["promise"] == "svar typisk inden 4 timer"
    visit.post(f"{SYSTEMS}/epj", as_=cast.astrid, **ABOUT | {"name": "Journalen"}, is_active="on")
    system = find_system("epj")
    assert (system.name, system.is_active) == ("Journalen", True)


def test_an_administrator_takes_a_system_out_of_use(visit, cast):
    make_system("EPJ")
    visit.post(f"{SYSTEMS}/epj", as_=cast.astrid, **ABOUT)
    assert not find_system("epj").is_active
    assert "Ikke i brug" in visit.get(SYSTEMS, as_=cast.astrid).text


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "", "Skriv, hvad systemet hedder."),
        ("name", "print", "Der er allerede et system med det navn."),
        ("name", "x" * 81, "plads til 80 tegn"),
        ("name", "\x00", "usynlige tegn"),
        ("owner", "ukendt", "Der er ingen kollega med det brugernavn."),
        ("purpose", "For 010190-1234", "ligner et CPR-nummer"),
    ],
)
def test_a_system_that_does_not_fit_is_shown_again(visit, cast, field, typed, words):
    make_system("Print")
    page = visit.post(NEW, as_=cast.astrid, status=400, **ABOUT | {field: typed})
    assert words in page.text
    assert page.form(NEW)["words"] == "notat"
    assert find_system("epj") is None


def test_fields_that_no_form_has_change_nothing(visit, cast):
    more = {"slug": "andet", "id": "7", "is_running": "off", "status_line": "Nede", "owner_id": "1"}
    visit.post(NEW, as_=cast.astrid, **ABOUT | more)
    system = find_system("epj")
    assert (system.id, system.is_running, system.status_line, system.owner_id) == (
        1,
        True,
        "",
        None,
    )


@pytest.mark.parametrize("value", ["1", "true", "ON", "", "[]", "null"])
def test_in_use_is_ticked_or_not(visit, cast, value):
    make_system("EPJ")
    visit.post(f"{SYSTEMS}/epj", as_=cast.astrid, status=400, **ABOUT, is_active=value)
    assert find_system("epj").purpose == ""


def test_an_administrator_appoints_and_ends(visit, cast):
    make_system("EPJ")
    department = str(cast.anne.department_id)
    fields = {"username": "Anne", "system": "epj", "department": department}
    visit.post(SUPER, as_=cast.astrid, **fields)
    page = visit.get(SUPER, as_=cast.astrid)
    assert "Anne Mikkelsen" in page.text
    visit.post(f"{SUPER}/1/ophoer", as_=cast.astrid)
    assert "Ingen er udpeget endnu." in visit.get(SUPER, as_=cast.astrid).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": "ukendt", "system": "epj"}, "Der er ingen kollega med det brugernavn."),
        ({"username": "leif", "system": "epj"}, "Der er ingen kollega med det brugernavn."),
        ({"username": "anne", "system": ""}, "Vælg et system, en afdeling eller begge dele."),
    ],
)
def test_an_appointment_that_does_not_fit_is_shown_again(visit, cast, fields, words):
    make_system("EPJ")
    assert [cast.anne, cast.leif]
    page = visit.post(SUPER, as_=cast.astrid, status=400, department="", **fields)
    assert words in page.text
    assert page.form(SUPER)["username"] == fields["username"]
    assert db.session.query(SuperUser).count() == 0


@pytest.mark.parametrize(
    ("system", "department"), [("pacs", ""), ("", "99"), ("", "x"), ("[]", "")]
)
def test_a_choice_that_no_list_holds_is_refused(visit, cast, system, department):
    make_system("EPJ")
    fields = {"username": cast.anne.username, "system": system, "department": department}
    visit.post(SUPER, as_=cast.astrid, status=400, **fields)


@pytest.mark.parametrize("number", ["99", "99999999999999999999", "-1", "x"])
def test_an_unknown_appointment_is_no_page(visit, cast, number):
    visit.post(f"{SUPER}/{number}/ophoer", as_=cast.astrid, status=404)


def test_only_administrators_come_in(visit, cast):
    make_system("EPJ")
    for person in (cast.karim, cast.bodil, cast.mogens):
        for path in (SYSTEMS, NEW, f"{SYSTEMS}/epj", SUPER):
            visit.get(path, as_=person, status=403)
        for path in (NEW, f"{SYSTEMS}/epj", SUPER, f"{SUPER}/1/ophoer"):
            visit.post(path, as_=person, status=403, **ABOUT, username="anne", system="epj")
    assert db.session.query(System).count() == 1
    assert db.session.query(SuperUser).count() == 0


def test_strangers_and_wrong_methods_are_turned_away(visit, cast):
    visit.get(SYSTEMS, status=303)
    visit.post(NEW, status=401, **ABOUT)
    visit.post(SYSTEMS, as_=cast.astrid, status=405)
    visit.get(f"{SUPER}/1/ophoer", as_=cast.astrid, status=405)
    visit.get(f"{SYSTEMS}/ukendt", as_=cast.astrid, status=404)


@pytest.mark.parametrize("rows", [3, 60])
def test_the_lists_cost_the_same_however_long(visit, cast, rows):
    for number in range(rows):
        make_system(f"System{number}", owner_id=cast.bodil.id)
    assert statements_of(visit, SYSTEMS, cast.astrid) == 1
