"""`midtlink demo` on the command line."""

import pytest

from midtlink.demo.cast import SIGN_INS
from midtlink.demo.commands import fill_if_empty
from midtlink.demo.filling import count_questions
from midtlink.extensions import db
from midtlink.people.models import Person


@pytest.fixture
def run(app):
    """Run `midtlink demo` with arguments."""
    return lambda *arguments: app.test_cli_runner().invoke(args=["demo", *arguments])


def test_demo_prints_who_can_sign_in(run):
    result = run()
    assert result.exit_code == 0
    for each in SIGN_INS:
        assert each.username in result.output and each.password in result.output


def test_demo_twice_says_that_it_is_there(run):
    run()
    again = run()
    assert again.exit_code == 0
    assert "there already" in again.output


def test_demo_beside_other_people_fails(run, cast):
    assert cast.anne
    result = run()
    assert result.exit_code != 0
    assert "other people" in result.output
    assert count_questions() == 0


def test_starting_beside_other_people_leaves_them_alone(app, cast, capsys):
    assert cast.karim
    fill_if_empty()
    assert "No demo" in capsys.readouterr().out
    assert db.session.query(Person).count() == 1


def test_demo_refuses_in_production(run, app, monkeypatch):
    monkeypatch.setitem(app.config, "TESTING", False)
    result = run()
    assert result.exit_code != 0
    assert "passwords are public" in result.output
    assert run("--public-passwords").exit_code == 0


def test_demo_adds_variants_for_load(run):
    result = run("--threads", "400")
    assert result.exit_code == 0
    assert count_questions() == 400
