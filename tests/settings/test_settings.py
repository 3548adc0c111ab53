"""Settings: their types, who changes them, and from where."""

import json

import pytest

from midtlink.access import NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.settings import queries
from midtlink.settings.changing import BadSetting, change_setting
from midtlink.settings.definitions import DEFINITIONS
from midtlink.settings.forms import GROUPS, LABELS
from midtlink.settings.models import SettingRow
from midtlink.settings.rules import contrast, is_readable

PATH = "/administration/indstillinger"
PLAIN = {key: str(definition.default) for key, definition in DEFINITIONS.items()}


def change(key, typed, by=None):
    """Change a setting as the command line does."""
    in_transaction(lambda: change_setting(key, typed, by=by, by_id=by and by.id))


@pytest.mark.both_databases
def test_setting_without_a_row_has_its_default_and_keeps_its_type(app):
    assert queries.number("idle_minutes_shared") == 15
    change("idle_minutes_shared", "20")
    assert queries.number("idle_minutes_shared") == 20
    change("idle_minutes_shared", "30")
    assert db.session.query(SettingRow).count() == 1


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("idle_minutes_shared", "1"), ("idle_minutes_shared", "241"), ("idle_minutes_shared", ""),
        ("idle_minutes_shared", "-5"), ("idle_minutes_shared", "1e3"),
        ("idle_minutes_shared", "NaN"), ("idle_minutes_shared", "٢٠"),
        ("idle_minutes_shared", "9" * 9999), ("hospital_name", ""), ("hospital_name", "x" * 201),
        ("hospital_name", "a\0b"), ("hospital_name", "\u200b"),
        ("accent_light", "red"), ("accent_light", "#fff"),
        ("accent_light", "#ffff00"), ("accent_dark", "#000080"),
        ("accent_light", "#000000;}body{display:none"),
    ],
)  # fmt: skip
def test_value_that_does_not_fit_is_refused(app, key, typed):
    with pytest.raises(BadSetting):
        change(key, typed)
    assert queries.value(key) == DEFINITIONS[key].default


@pytest.mark.parametrize("name", ["anne", "bodil", "mogens"])
def test_only_administrators_change_settings(cast, name):
    with pytest.raises(NotAllowed):
        change("it_phone", "112", by=getattr(cast, name))


def test_change_is_journalled_without_its_value(cast):
    change("hospital_name", "Skejby", by=cast.astrid)
    entry = db.session.query(JournalEntry).filter_by(act="SettingChanged").one()
    assert (entry.by_id, entry.facts) == (cast.astrid.id, {"key": "hospital_name"})


def test_contrast_is_what_wcag_says():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("key", ["accent_light", "accent_dark"])
def test_default_accents_can_be_read(key):
    assert is_readable(key, DEFINITIONS[key].default)


def test_every_setting_has_a_label_and_a_place_on_the_page():
    shown = [key for _, keys in GROUPS for key in keys]
    assert sorted(shown) == sorted(DEFINITIONS) == sorted(LABELS)


def test_page_saves_what_was_changed_and_nothing_else(visit, cast):
    visit.post(PATH, as_=cast.astrid, **(PLAIN | {"hospital_name": "Aarhus", "sign_in_hours": "8"}))
    assert sorted(row.key for row in db.session.query(SettingRow)) == [
        "hospital_name",
        "sign_in_hours",
    ]
    assert "Aarhus" in visit.get("/mig", as_=cast.astrid).text


def test_page_saves_nothing_when_one_does_not_fit(visit, cast):
    fields = PLAIN | {"hospital_name": "Aarhus", "sign_in_hours": "0"}
    page = visit.post(PATH, as_=cast.astrid, status=400, **fields)
    assert "helt tal fra 1 til 24" in page.text
    assert page.form(PATH)["hospital_name"] == "Aarhus"
    assert db.session.query(SettingRow).count() == 0


def test_page_refuses_a_form_without_its_fields(visit, cast):
    visit.post(PATH, as_=cast.astrid, status=400, hospital_name="Aarhus")
    assert db.session.query(SettingRow).count() == 0


def test_page_is_for_administrators(visit, cast):
    for person in (cast.anne, cast.bodil, cast.mogens):
        visit.get(PATH, as_=person, status=403)
        visit.post(PATH, as_=person, status=403, **PLAIN)
    visit.get(PATH, status=303)
    assert visit.client(cast.astrid).put(PATH).status_code in (400, 405)


def test_accent_reaches_the_style_sheet(visit, cast):
    change("accent_light", "#7A0019")
    sheet = visit.get("/tema.css").get_data(as_text=True)
    assert "--accent-light: #7a0019;" in sheet


def test_command_lists_and_sets(app):
    run = app.test_cli_runner().invoke
    assert run(args=["settings", "set", "hospital_name", "Horsens"]).exit_code == 0
    assert "hospital_name = Horsens *" in run(args=["settings", "list"]).output
    assert json.loads(run(args=["settings", "list", "--json"]).output)["sign_in_hours"] == 12


def test_command_says_what_would_fit(app):
    run = app.test_cli_runner().invoke
    answer = run(args=["settings", "set", "sign_in_hours", "99"])
    assert (answer.exit_code, answer.output) == (
        1,
        "Error: sign_in_hours: a whole number from 1 to 24\n",
    )
    assert run(args=["settings", "set", "unknown", "1"]).exit_code == 2


def test_command_stores_no_cpr_number_and_repeats_none(app):
    answer = app.test_cli_runner().invoke(args=["settings", "set", "it_phone", "010190-1234"])
    assert (answer.exit_code, answer.output) == (1, "Error: it_phone: holds a CPR number\n")
    assert db.session.query(SettingRow).count() == 0
