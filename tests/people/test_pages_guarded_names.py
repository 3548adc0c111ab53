"""A CPR number in a name or a place: refused, shown where, masked or kept by one press."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.people.models import Department, Person, Site
from midtlink.people.organising import save_department
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.staff import import_staff
from midtlink.people.staff_list import read_staff_list

NAME = "Ole 010190-1234"
OTHER = "020290-2345"
#: Each form: its address, what is typed, what it is about.
FORMS = {
    "person": ("/administration/ny-person", {"username": "ole", "name": NAME}, "Person"),
    "known": ("/administration/personer/karim", {"name": NAME}, "Person"),
    "department": ("/administration/afdelinger/ny", {"name": NAME}, "Department"),
    "site": ("/administration/matrikler/ny", {"name": NAME}, "Site"),
}
KINDS = {"Person": Person, "Department": Department, "Site": Site}
every_form = pytest.mark.parametrize(("address", "fields", "kind"), FORMS.values(), ids=FORMS)


@pytest.fixture
def refused(visit, cast):
    assert cast.karim

    def refused(address, fields):
        return visit.post(address, as_=cast.astrid, status=400, **fields)

    return refused


def journalled(kind):
    return db.session.query(JournalEntry).filter_by(act=f"{kind}GuardOverruled").all()


def stored(kind, name):
    return db.session.query(KINDS[kind]).filter_by(name=name).one_or_none()


@every_form
def test_the_number_is_marked_and_nothing_is_stored(refused, address, fields, kind):
    page = refused(address, fields)
    assert [mark.text for mark in page.all("mark")] == ["010190-1234"]
    assert page.form(address)["name"] == NAME
    assert stored(kind, NAME) is None


@every_form
def test_one_press_masks_the_number(visit, cast, refused, address, fields, kind):
    mask = refused(address, fields).form(address)["mask"]
    masked = visit.post(address, as_=cast.astrid, status=200, **fields, mask=mask)
    assert masked.form(address)["name"] == "Ole XXXXXX-XXXX"
    assert stored(kind, "Ole XXXXXX-XXXX") is None


@every_form
def test_one_press_keeps_the_number_and_the_journal_knows(
    visit, cast, refused, address, fields, kind
):
    prints = refused(address, fields).form(address)["not_cpr"]
    visit.post(address, as_=cast.astrid, **fields, not_cpr=prints)
    (entry,) = journalled(kind)
    kept = {f"{kind.lower()}_id": stored(kind, NAME).id, "count": 1}
    assert (entry.by_id, entry.facts) == (cast.astrid.id, kept)
    page = visit.get("/administration/journal", as_=cast.astrid)
    assert "sagde, at et tal ikke er et CPR-nummer" in page.text


@every_form
def test_another_number_is_still_refused(visit, cast, refused, address, fields, kind):
    prints = refused(address, fields).form(address)["not_cpr"]
    both = fields | {"name": f"{NAME} og {OTHER}"}
    page = visit.post(address, as_=cast.astrid, status=400, **both, not_cpr=prints)
    assert [mark.text for mark in page.all("mark")] == [OTHER]
    assert journalled(kind) == []


def test_a_username_can_be_kept_too(visit, cast, refused):
    address, fields = "/administration/ny-person", {"username": "010190-1234", "name": "Ole"}
    prints = refused(address, fields).form(address)["not_cpr"]
    visit.post(address, as_=cast.astrid, **fields, not_cpr=prints)
    assert db.session.query(Person).filter_by(username="010190-1234").count() == 1


def test_what_was_kept_is_not_asked_about_again(visit, cast, refused):
    address = "/administration/personer/karim"
    prints = refused(address, {"name": NAME}).form(address)["not_cpr"]
    visit.post(address, as_=cast.astrid, name=NAME, not_cpr=prints)
    visit.post(address, as_=cast.astrid, name=NAME, title="Portør")
    assert db.session.get(Person, cast.karim.id).title == "Portør"
    assert len(journalled("Person")) == 1


def test_a_staff_list_may_repeat_what_was_kept(visit, cast, refused):
    for address, fields in (
        ("/administration/personer/karim", {"name": NAME}),
        ("/administration/afdelinger/ny", {"name": NAME}),
    ):
        prints = refused(address, fields).form(address)["not_cpr"]
        visit.post(address, as_=cast.astrid, **fields, not_cpr=prints)
    lines = f"username;name;department\nkarim;{NAME};{NAME}\nanna;{NAME};"
    report = import_staff(read_staff_list(lines.encode()), by=COMMAND_LINE)
    assert report.changed == 1
    assert report.refused == [(3, "name holds a CPR number")]


def test_a_department_with_a_kept_name_moves(visit, cast, refused):
    address = "/administration/afdelinger/ny"
    prints = refused(address, {"name": NAME}).form(address)["not_cpr"]
    visit.post(address, as_=cast.astrid, name=NAME, not_cpr=prints)
    department, site = stored("Department", NAME), cast.karim.department.site
    save_department(department, NAME, site, by=cast.astrid)
    assert stored("Department", NAME).site == site
