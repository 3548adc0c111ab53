"""A CPR number in a setting: refused, shown where, masked or kept by one press."""

import pytest

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.settings import queries
from midtlink.settings.models import SettingRow
from tests.settings.test_settings import PATH, PLAIN

NAME, OTHER = "Sygehus 010190–1234", "020290-2345"


@pytest.fixture
def send(visit, cast):
    def send(status, **fields):
        return visit.post(PATH, as_=cast.astrid, status=status, **PLAIN | fields)

    return send


def marks(page):
    return [mark.text for mark in page.all("mark")]


def journalled():
    entries = db.session.query(JournalEntry).filter_by(act="SettingGuardOverruled")
    return [(entry.by_id, entry.facts) for entry in entries]


def test_the_number_is_marked_and_nothing_is_saved(send):
    page = send(400, hospital_name=NAME, sign_in_hours="8")
    assert marks(page) == ["010190–1234"]
    assert page.form(PATH)["hospital_name"] == NAME
    assert page.form(PATH)["sign_in_hours"] == "8"
    assert db.session.query(SettingRow).count() == 0


def test_one_press_masks_the_number(send):
    mask = send(400, hospital_name=NAME).form(PATH)["mask"]
    masked = send(200, hospital_name=NAME, mask=mask)
    assert masked.form(PATH)["hospital_name"] == "Sygehus XXXXXX-XXXX"
    assert db.session.query(SettingRow).count() == 0


def test_one_press_keeps_the_number_and_the_journal_knows(visit, cast, send):
    prints = send(400, hospital_name=NAME).form(PATH)["not_cpr"]
    send(303, hospital_name=NAME, not_cpr=prints)
    assert db.session.get(SettingRow, "hospital_name").value == f'"{NAME}"'
    assert journalled() == [(cast.astrid.id, {"key": "hospital_name", "count": 1})]
    page = visit.get("/administration/journal", as_=cast.astrid)
    assert "sagde, at et tal ikke er et CPR-nummer" in page.text


@pytest.mark.parametrize("field", ["hospital_name", "it_phone"])
def test_another_number_is_still_refused(send, field):
    prints = send(400, hospital_name=NAME).form(PATH)["not_cpr"]
    both = {"hospital_name": NAME} | {field: f"{NAME} {OTHER}" if field != "it_phone" else OTHER}
    assert marks(send(400, **both, not_cpr=prints)) == [OTHER]
    assert journalled() == []
    assert db.session.query(SettingRow).count() == 0


def test_what_was_kept_is_not_asked_about_again(send):
    prints = send(400, hospital_name=NAME).form(PATH)["not_cpr"]
    send(303, hospital_name=NAME, not_cpr=prints)
    send(303, hospital_name=f"{NAME} Syd")
    assert queries.text("hospital_name") == f"{NAME} Syd"
    assert len(journalled()) == 1
