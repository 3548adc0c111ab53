"""The pages where administrators look after people and places."""

import pytest

from midtlink.access import ADMINISTRATOR, MODERATOR
from midtlink.extensions import db
from midtlink.people.models import Department, Person, Site
from midtlink.people.queries import get_person
from midtlink.people.signing_in import find_signed_in
from tests.people.making import PASSWORD, sign_in, with_password
from tests.world.cast import make_person

PAGES = [
    "/administration",
    "/administration/personer",
    "/administration/personer/anne",
    "/administration/ny-person",
    "/administration/afdelinger",
    "/administration/afdelinger/ny",
    "/administration/afdelinger/1",
    "/administration/matrikler/ny",
    "/administration/matrikler/1",
]
WRITES = [
    "/administration/personer/anne",
    "/administration/personer/anne/rolle",
    "/administration/personer/anne/aktiv",
    "/administration/personer/anne/link",
    "/administration/ny-person",
    "/administration/afdelinger/ny",
    "/administration/afdelinger/1",
    "/administration/matrikler/ny",
    "/administration/matrikler/1",
]
FIELDS = {
    "name": "Anne Dam", "email": "ad@hospital.example", "title": "", "profession": "læge",
    "phone": "", "department": "",
}  # fmt: skip


@pytest.fixture
def anne(cast):
    """The colleague who is looked after, re-read each time."""
    assert cast.anne

    def read():
        db.session.expire_all()
        return get_person("anne")

    return read


@pytest.mark.parametrize("path", PAGES)
def test_administrators_see_the_page_and_nobody_else_does(visit, cast, anne, path):
    visit.get(path, as_=cast.astrid)
    for person in (cast.anne, cast.bodil, cast.mogens):
        visit.get(path, as_=person, status=403)
    visit.get(path, status=303)


@pytest.mark.parametrize("path", WRITES)
def test_others_write_nothing(visit, cast, anne, path):
    for person in (cast.anne, cast.bodil, cast.mogens):
        fields = FIELDS | {"role": ADMINISTRATOR, "wanted": "on", "username": "x", "site": ""}
        visit.post(path, as_=person, status=403, **fields)
    assert anne().name == "Anne Mikkelsen"
    assert not anne().role_grants
    assert db.session.query(Department).count() == 3


def test_particulars_are_changed(visit, cast, anne):
    visit.post("/administration/personer/anne", as_=cast.astrid, **FIELDS)
    assert (anne().name, anne().profession, anne().department) == ("Anne Dam", "læge", None)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "Skriv noget her"),
        ("name", "x" * 121, "plads til 120"),
        ("email", "hjemme", "Skriv en e-mailadresse"),
        ("email", "astrid@hospital.example", "bruges allerede"),
        ("title", "a\0b", "usynlige tegn"),
        ("phone", "010190-1234", "CPR-nummer"),
    ],
)
def test_bad_particulars_are_told_and_kept(visit, cast, anne, field, value, words):
    path = "/administration/personer/anne"
    page = visit.post(path, as_=cast.astrid, status=400, **(FIELDS | {field: value}))
    assert words in page.text
    assert page.form(path)["profession"] == "læge"
    assert anne().profession == "sygeplejerske"


@pytest.mark.parametrize("department", ["999999", "x", "1; DROP"])
def test_department_that_is_not_offered_is_refused(visit, cast, anne, department):
    fields = FIELDS | {"department": department}
    visit.post("/administration/personer/anne", as_=cast.astrid, status=400, **fields)
    assert anne().department


def test_extra_fields_change_nothing(visit, cast, anne):
    """T35."""
    columns = {"username": "king", "is_active": "", "password_hash": "x", "origin": "x", "id": "9"}
    visit.post("/administration/personer/anne", as_=cast.astrid, **FIELDS, **columns)
    assert (anne().username, anne().is_active, anne().origin) == ("anne", True, None)


def test_colleague_is_registered(visit, cast):
    visit.post("/administration/ny-person", as_=cast.astrid, **FIELDS, username="Ny.Læge")
    assert get_person("ny.læge").name == "Anne Dam"


def test_taken_username_is_told(visit, cast, anne):
    fields = FIELDS | {"username": "ANNE"}
    page = visit.post("/administration/ny-person", as_=cast.astrid, status=400, **fields)
    assert "bruges allerede" in page.text
    assert page.form("/administration/ny-person")["name"] == "Anne Dam"


def test_role_is_given_and_taken(visit, cast, anne):
    path = "/administration/personer/anne/rolle"
    visit.post(path, as_=cast.astrid, role=MODERATOR, wanted="on")
    assert anne().has_role(MODERATOR)
    visit.post(path, as_=cast.astrid, role=MODERATOR, wanted="off")
    assert not anne().has_role(MODERATOR)


@pytest.mark.parametrize("wanted", ["", "1", "true", "ON", "[]", "-1", "x" * 1000])
def test_state_that_no_form_offers_is_refused(visit, cast, anne, wanted):
    """T13."""
    for what in ("rolle", "aktiv"):
        fields = {"role": MODERATOR, "wanted": wanted}
        visit.post(f"/administration/personer/anne/{what}", as_=cast.astrid, status=400, **fields)
    assert anne().is_active and not anne().role_grants


def test_role_that_is_none_is_refused(visit, cast, anne):
    path = "/administration/personer/anne/rolle"
    visit.post(path, as_=cast.astrid, role="king", wanted="on", status=400)


def test_demoted_administrator_is_refused_with_the_next_page(visit, cast):
    """T16."""
    visit.get("/administration", as_=cast.astrid)
    fields = {"role": ADMINISTRATOR, "wanted": "on"}
    assert cast.mogens
    visit.post("/administration/personer/mogens/rolle", as_=cast.astrid, **fields)
    fields["wanted"] = "off"
    visit.post("/administration/personer/astrid/rolle", as_=cast.mogens, **fields)
    visit.get("/administration", as_=cast.astrid, status=403)


def test_last_administrator_is_told_why(visit, cast):
    for what, fields in (("aktiv", {}), ("rolle", {"role": ADMINISTRATOR})):
        path = f"/administration/personer/astrid/{what}"
        page = visit.post(path, as_=cast.astrid, status=400, wanted="off", **fields)
        assert "altid være en administrator" in page.text


def test_deactivated_colleague_is_out_and_comes_back(visit, cast, anne):
    with_password(cast.anne)
    token = sign_in("anne")
    visit.post("/administration/personer/anne/aktiv", as_=cast.astrid, wanted="off")
    assert find_signed_in(token) is None
    visit.post("/administration/personer/anne/aktiv", as_=cast.astrid, wanted="on")
    assert sign_in("anne")


def test_reset_link_is_shown_once_and_works(visit, cast, anne):
    page = visit.post("/administration/personer/anne/link", as_=cast.astrid, status=200)
    address = next("".join(code.itertext()) for code in page.all("code"))
    assert address.startswith("http://localhost/adgang/")
    path = address.removeprefix("http://localhost")
    assert path not in visit.get("/administration/personer/anne", as_=cast.astrid).html
    visit.post(path, password=PASSWORD, again=PASSWORD)
    assert sign_in("anne")


def test_link_has_the_hospitals_address_whatever_the_request_says(visit, cast, anne, app):
    """T39."""
    app.config["BASE_URL"] = "https://midtlink.hospital.example/"
    try:
        page = visit.post("/administration/personer/anne/link", as_=cast.astrid, status=200)
    finally:
        app.config["BASE_URL"] = ""
    assert "https://midtlink.hospital.example/adgang/" in page.html


def test_who_has_left_gets_no_link(visit, cast):
    assert cast.leif
    page = visit.post("/administration/personer/leif/link", as_=cast.astrid, status=400)
    assert "ikke aktiv" in page.text


def test_people_are_searched(visit, cast, anne):
    text = visit.get("/administration/personer?q=MIKK", as_=cast.astrid).text
    assert "Anne Mikkelsen" in text and "Astrid Lund" not in text.partition("Navn eller")[2]
    assert "Ingen fundet" in visit.get("/administration/personer?q=%25", as_=cast.astrid).text
    visit.get("/administration/personer?q=%00", as_=cast.astrid, status=400)


def test_department_is_added_moved_and_renamed(visit, cast):
    visit.post("/administration/matrikler/ny", as_=cast.astrid, name="Horsens")
    site = db.session.query(Site).filter_by(name="Horsens").one()
    visit.post("/administration/afdelinger/ny", as_=cast.astrid, name="Børn", site="")
    department = db.session.query(Department).filter_by(name="Børn").one()
    path = f"/administration/afdelinger/{department.id}"
    visit.post(path, as_=cast.astrid, name="Børn og Unge", site=str(site.id))
    db.session.expire_all()
    assert (department.name, department.site) == ("Børn og Unge", site)


@pytest.mark.parametrize("kind", ["afdelinger", "matrikler"])
@pytest.mark.parametrize(
    ("name", "words"),
    [("", "Skriv noget her"), ("x" * 121, "plads til 120"), ("010190-1234", "CPR-nummer")],
)
def test_bad_place_names_are_told_and_kept(visit, cast, kind, name, words):
    path = f"/administration/{kind}/ny"
    page = visit.post(path, as_=cast.astrid, status=400, name=name, site="")
    assert words in page.text
    assert page.form(path)["name"] == name


@pytest.mark.parametrize("kind", ["afdelinger", "matrikler"])
@pytest.mark.parametrize("number", ["999999", "2147483648", "0", "x", "-1"])
def test_unknown_place_is_not_found(visit, cast, kind, number):
    path = f"/administration/{kind}/{number}"
    visit.get(path, as_=cast.astrid, status=404)
    if number in ("0", "999999"):
        visit.post(path, as_=cast.astrid, status=404, name="X", site="")


def test_unknown_person_is_not_found(visit, cast):
    visit.get("/administration/personer/nobody", as_=cast.astrid, status=404)
    visit.post("/administration/personer/nobody/link", as_=cast.astrid, status=404)
    assert db.session.query(Person).count() == 1


def test_who_came_with_an_import_is_found_by_name_and_fills_no_list(visit, cast):
    make_person("alcohol-7", "Zelda Import", "", "Importeret", origin="alcohol", origin_key="7")
    assert "Zelda" not in visit.get("/administration/personer", as_=cast.astrid).text
    assert "Zelda Import" in visit.get("/administration/personer?q=zelda", as_=cast.astrid).text
