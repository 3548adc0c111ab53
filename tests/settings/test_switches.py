"""Settings that are a switch or a choice, and those that say what points are given for."""

import json

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.reacting import set_reaction, withdraw_reaction
from midtlink.reputation.ledger.rebuilding import check
from midtlink.reputation.ledger.stored_book import lines_where
from midtlink.reputation.models import RuleChange
from midtlink.reputation.rules import DEFAULTS
from midtlink.settings import queries
from midtlink.settings.changing import BadSetting, change_setting
from midtlink.settings.definitions import DEFINITIONS
from midtlink.settings.models import SettingRow
from tests.questions.threads import answered, asked
from tests.settings.test_settings import PATH, PLAIN

OFF = {key: value for key, value in PLAIN.items() if key != "points_are_on"}


def saved():
    return {row.key: json.loads(row.value) for row in db.session.query(SettingRow)}


def checked(page):
    boxes = [box for box in page.all("input") if box.get("checked") is not None]
    return {box.get("name"): box.get("value") for box in boxes}


def test_every_rule_is_a_setting_with_the_same_default():
    assert {key: DEFINITIONS[key].default for key in DEFAULTS} == DEFAULTS


def test_a_box_that_is_not_ticked_is_off(visit, cast):
    assert checked(visit.get(PATH, as_=cast.astrid))["points_are_on"] == "on"
    visit.post(PATH, as_=cast.astrid, **OFF)
    assert saved() == {"points_are_on": False}
    assert "points_are_on" not in checked(visit.get(PATH, as_=cast.astrid))
    visit.post(PATH, as_=cast.astrid, **OFF, points_are_on="on")
    assert queries.is_on("points_are_on")


def test_what_the_page_shows_can_be_sent_as_it_is(visit, cast):
    change_setting("points_are_on", "off", by=None, by_id=None)
    page = visit.get(PATH, as_=cast.astrid)
    fields = {
        name: value
        for name, value in page.form(PATH).items()
        if name not in ("csrf_token", "mail_shows_titles", "points_are_on", "privilege_preset")
    }
    visit.post(PATH, as_=cast.astrid, **fields, **checked(page))
    assert saved() == {"points_are_on": False}


def test_a_choice_is_saved_and_shown(visit, cast):
    visit.post(PATH, as_=cast.astrid, **PLAIN | {"privilege_preset": "strict"})
    assert saved() == {"privilege_preset": "strict"}
    assert checked(visit.get(PATH, as_=cast.astrid))["privilege_preset"] == "strict"


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        ("privilege_preset", "loose"), ("privilege_preset", ""), ("privilege_preset", "OPEN"),
        ("points_are_on", "maybe"), ("points_are_on", "1"),
    ],
)  # fmt: skip
def test_another_choice_is_refused_and_the_rest_stays_typed(visit, cast, key, typed):
    fields = PLAIN | {key: typed, "hospital_name": "Aarhus", "points_good": "7"}
    page = visit.post(PATH, as_=cast.astrid, status=400, **fields)
    assert page.text.count("Vælg en af mulighederne.") == 2
    form = page.form(PATH)
    assert (form["hospital_name"], form["points_good"]) == ("Aarhus", "7")
    assert key not in checked(page)
    assert saved() == {}


@pytest.mark.parametrize("typed", ["-1", "1001", "2,5", ""])
def test_points_that_do_not_fit_are_refused(visit, cast, typed):
    page = visit.post(PATH, as_=cast.astrid, status=400, **PLAIN | {"points_helped": typed})
    assert "helt tal fra 0 til 1000" in page.text and page.form(PATH)["points_helped"] == typed


@pytest.mark.parametrize("typed", ["on", "True", "off", "False", ""])
def test_a_switch_takes_what_forms_and_the_command_line_say(app, typed):
    change_setting("points_are_on", typed, by=None, by_id=None)
    assert queries.is_on("points_are_on") == (typed in ("on", "True"))


@pytest.mark.parametrize("typed", ["ON", "ja", " on", "0"])
def test_a_switch_takes_nothing_else(app, typed):
    with pytest.raises(BadSetting):
        in_transaction(lambda: change_setting("points_are_on", typed, by=None, by_id=None))


def run(app, *arguments):
    answer = app.test_cli_runner().invoke(args=["settings", *arguments])
    return answer.exit_code, answer.output


def test_the_command_switches_and_chooses(app):
    assert run(app, "set", "points_are_on", "off") == (0, "points_are_on = False\n")
    assert "points_are_on = False *" in run(app, "list")[1]
    assert run(app, "set", "points_are_on", "on")[0] == 0
    assert run(app, "set", "privilege_preset", "open") == (0, "privilege_preset = open\n")


def test_the_command_says_what_fits(app):
    assert run(app, "set", "points_are_on", "maybe") == (1, "Error: points_are_on: on or off\n")
    said = "Error: privilege_preset: one of open, hospital, strict\n"
    assert run(app, "set", "privilege_preset", "loose") == (1, said)


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def changes():
    db.session.info.pop("settings", None)  # The page has changed what this session knows of them.
    rows = db.session.query(RuleChange).order_by(RuleChange.id)
    return [(row.setting, row.value, row.changed_by_id) for row in rows]


def points_of(person):
    db.session.rollback()
    return db.session.get(Person, person.id).points


@pytest.mark.both_databases
def test_a_changed_rule_is_dated_and_touches_nothing_granted(visit, cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    before = lines_where()
    visit.post(PATH, as_=cast.astrid, **PLAIN | {"points_helped": "20", "it_phone": "4321"})
    assert changes() == [("points_helped", 20, cast.astrid.id)]
    assert lines_where() == before and points_of(cast.jonas) == 10
    set_reaction(reply, "helped", by=cast.bodil)
    assert points_of(cast.jonas) == 30
    visit.post(PATH, as_=cast.astrid, **PLAIN | {"it_phone": "4321"})
    assert changes()[1:] == [("points_helped", 10, cast.astrid.id)]
    withdraw_reaction(reply, "helped", by=cast.bodil)
    assert points_of(cast.jonas) == 10
    assert not check()


@pytest.mark.both_databases
def test_the_command_dates_a_rule_too(app):
    run(app, "set", "points_daily_cap", "50")
    assert changes() == [("points_daily_cap", 50, None)]


@pytest.mark.both_databases
def test_switching_points_off_and_on_loses_none(cast, reply):
    set_reaction(reply, "helped", by=cast.karim)
    change_setting("points_are_on", "off", by=None, by_id=None)
    set_reaction(reply, "helped", by=cast.bodil)
    change_setting("points_are_on", "on", by=None, by_id=None)
    assert points_of(cast.jonas) == 20
    assert changes() == [] and not check()
