"""How and when one is mailed: the page, and what it refuses."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.models import NoticeChoice, NoticeSettings
from midtlink.notifications.queries import choices_of
from midtlink.notifications.rules import KINDS, MODES
from midtlink.notifications.wording import CHOICES, WHAT
from midtlink.notifications.wording import MODES as MODE_WORDS

pytestmark = pytest.mark.both_databases
HERE = "/mig/beskeder"


def rows(model):
    """What is stored, read afresh."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(model).all()


def sent(page, address, holding=""):
    """What a form of the page sends, but the token."""
    fields = page.form(address, holding)
    return {name: fields[name] for name in fields if name != "csrf_token"}


def test_every_kind_and_mode_has_words(app):
    assert set(WHAT) == set(CHOICES) == set(KINDS)
    assert set(MODE_WORDS) == set(MODES)


def test_by_default_answers_come_at_once_questions_daily_and_the_rest_weekly(cast):
    modes = choices_of(cast.karim)
    assert modes.pop("answer") == "immediate"
    assert modes.pop("question") == "daily"
    assert set(modes.values()) == {"weekly"}


def test_the_form_saves_what_differs_from_the_default(visit, cast):
    fields = sent(visit.get(HERE, as_=cast.karim), HERE)
    assert set(fields) == {f"mode_{kind}" for kind in KINDS}
    visit.post(HERE, as_=cast.karim, **fields)
    assert rows(NoticeChoice) == []
    visit.post(HERE, as_=cast.karim, **(fields | {"mode_answer": "off"}))
    assert choices_of(cast.karim)["answer"] == "off"
    assert choices_of(cast.anne)["answer"] == "immediate"
    visit.post(HERE, as_=cast.karim, mode_badge="daily")
    assert choices_of(cast.karim) | {"answer": "off", "badge": "daily"} == choices_of(cast.karim)
    visit.post(HERE, as_=cast.karim, **fields)
    assert rows(NoticeChoice) == []


@pytest.mark.parametrize("mode", ["", "hourly", "IMMEDIATE", "immediate\x00"])
def test_a_mode_that_is_none_is_refused(visit, cast, mode):
    visit.post(HERE, as_=cast.karim, status=400, mode_answer=mode)
    assert rows(NoticeChoice) == []


def hours():
    return [(row.quiet_from, row.quiet_to) for row in rows(NoticeSettings)]


def test_mail_is_held_between_two_hours_or_at_none(visit, cast):
    visit.post(f"{HERE}/timer", as_=cast.karim, quiet_from="23", quiet_to="7")
    assert hours() == [(23, 7)]
    shown = visit.get(HERE, as_=cast.karim).form(f"{HERE}/timer")
    assert (shown["quiet_from"], shown["quiet_to"]) == ("23", "7")
    visit.post(f"{HERE}/timer", as_=cast.karim, quiet_from="", quiet_to="")
    assert hours() == [(None, None)]


@pytest.mark.parametrize(("first", "last"), [("7", "7"), ("", "7"), ("7", "")])
def test_hours_that_hold_nothing_or_everything_are_told(visit, cast, first, last):
    page = visit.post(f"{HERE}/timer", as_=cast.karim, status=400, quiet_from=first, quiet_to=last)
    assert "Vælg to forskellige timer" in page.text
    assert hours() == []


@pytest.mark.parametrize("hour", ["24", "-1", "x", "7.5", "²"])
def test_hours_that_are_none_are_refused(visit, cast, hour):
    visit.post(f"{HERE}/timer", as_=cast.karim, status=400, quiet_from=hour, quiet_to="7")


def test_a_holiday_lasts_until_the_day_begins_and_can_be_ended(visit, cast, clock):
    visit.post(f"{HERE}/pause", as_=cast.karim, paused_until="2026-12-24")
    (row,) = rows(NoticeSettings)
    assert row.paused_until.isoformat() == "2026-12-23T23:00:00+00:00"
    page = visit.get(HERE, as_=cast.karim)
    assert "ingen mail før 24. december 2026" in page.text
    visit.post(f"{HERE}/pause", as_=cast.karim, **sent(page, f"{HERE}/pause"))
    assert rows(NoticeSettings)[0].paused_until is None


@pytest.mark.parametrize(
    "day", ["2026-11-18", "2001-01-01", "i morgen", "2026-02-30", "9999-12-31"]
)
def test_a_day_that_is_past_or_none_is_told(visit, cast, clock, day):
    page = visit.post(f"{HERE}/pause", as_=cast.karim, status=400, paused_until=day)
    assert "Skriv en dato" in page.text
    assert rows(NoticeSettings) == []


def test_a_refused_address_is_told_to_its_owner_and_tried_again(visit, cast):
    moment = cast.karim.created_at
    row = NoticeSettings(
        person_id=cast.karim.id, refused_at=moment, refusal="550 no such <mailbox>"
    )
    in_transaction(lambda: db.session.add(row))
    page = visit.get(HERE, as_=cast.karim)
    assert "karim@hospital.example blev afvist: 550 no such <mailbox>" in page.text
    visit.post(f"{HERE}/adresse", as_=cast.karim)
    assert rows(NoticeSettings)[0].refused_at is None
