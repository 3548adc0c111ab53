"""A CPR number in what is said of a system: refused, shown where, masked or kept by one press."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.topics.models import SuperUser, System
from midtlink.topics.queries import find_system
from tests.topics.making import make_system

TYPED, OTHER = "Som 010190-1234", "020290-2345"
SYSTEMS, SUPER = "/administration/systemer", "/administration/superbrugere"
ABOUT = dict.fromkeys(("purpose", "words", "owner", "owner_team", "support_phone", "promise"), "")
#: Each form: its address, the field with the number, what else is sent, the system it is about.
FORMS = {
    "new": (f"{SYSTEMS}/ny", "name", ABOUT, TYPED),
    "known": (f"{SYSTEMS}/epj", "purpose", ABOUT | {"name": "EPJ", "is_active": "on"}, "EPJ"),
    "status": ("/system/epj/driftsstatus", "status_line", {"runs": "problem"}, "EPJ"),
}
every_form = pytest.mark.parametrize(
    ("address", "field", "more", "about"), FORMS.values(), ids=FORMS
)


@pytest.fixture
def send(visit, cast):
    make_system("EPJ")

    def send(address, status, **fields):
        return visit.post(address, as_=cast.astrid, status=status, **fields)

    return send


def marks(page):
    return [mark.text for mark in page.all("mark")]


def journalled():
    entries = db.session.query(JournalEntry).filter_by(act="SystemGuardOverruled")
    return [(entry.by_id, entry.facts) for entry in entries]


def said(name):
    """What stands in the database about a system, None when there is none."""
    system = db.session.query(System).filter_by(name=name).one_or_none()
    return system and (system.name, system.purpose, system.status_line)


@every_form
def test_the_number_is_marked_and_nothing_is_stored(send, address, field, more, about):
    before = said(about)
    page = send(address, 400, **more | {field: TYPED})
    assert marks(page) == ["010190-1234"]
    assert page.form(address)[field] == TYPED
    assert said(about) == before


@every_form
def test_one_press_masks_the_number(send, address, field, more, about):
    before = said(about)
    mask = send(address, 400, **more | {field: TYPED}).form(address)["mask"]
    masked = send(address, 200, **more | {field: TYPED}, mask=mask)
    assert masked.form(address)[field] == "Som XXXXXX-XXXX"
    assert said(about) == before


@every_form
def test_one_press_keeps_the_number_and_the_journal_knows(send, cast, address, field, more, about):
    fields = more | {field: TYPED}
    prints = send(address, 400, **fields).form(address)["not_cpr"]
    send(address, 303, **fields, not_cpr=prints)
    system = db.session.query(System).filter_by(name=about).one()
    assert TYPED in said(about)
    assert journalled() == [(cast.astrid.id, {"system_id": system.id, "count": 1})]


@every_form
def test_another_number_is_still_refused(send, address, field, more, about):
    before = said(about)
    prints = send(address, 400, **more | {field: TYPED}).form(address)["not_cpr"]
    page = send(address, 400, **more | {field: f"{TYPED} og {OTHER}"}, not_cpr=prints)
    assert marks(page) == [OTHER]
    assert (said(about), journalled()) == (before, [])


def test_what_was_kept_is_not_asked_about_again(send):
    address = "/system/epj/driftsstatus"
    fields = {"runs": "problem", "status_line": TYPED}
    prints = send(address, 400, **fields).form(address)["not_cpr"]
    send(address, 303, **fields, not_cpr=prints)
    send(address, 303, runs="problem", status_line=f"{TYPED} endnu")
    assert said("EPJ")[2] == f"{TYPED} endnu"
    assert len(journalled()) == 1


@pytest.mark.parametrize(
    ("address", "field", "more"),
    [
        (SUPER, "username", {"system": "epj", "department": ""}),
        (f"{SYSTEMS}/ny", "owner", {**ABOUT, "name": "PACS"}),
    ],
)
def test_a_number_instead_of_a_username_is_marked(send, address, field, more):
    fields = more | {field: OTHER}
    page = send(address, 400, **fields)
    assert marks(page) == [OTHER]
    fields["not_cpr"] = page.form(address)["not_cpr"]
    assert "ingen kollega med det brugernavn" in send(address, 400, **fields).text
    assert db.session.query(SuperUser).count() == 0


def test_no_system_takes_the_address_where_systems_are_added(send):
    send(f"{SYSTEMS}/ny", 303, **ABOUT, name="Ny")
    assert find_system("ny") is None
    assert find_system("ny-2").name == "Ny"
