"""The commands: a table or JSON at the end, a status that says whether all is well."""

import json

import pytest

from midtlink.importing.commands import import_
from midtlink.importing.report import Report
from tests.importing.dumps import small_site


@pytest.fixture
def command(app):
    """Run `midtlink import ...`."""
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(import_, [str(word) for word in words])


def test_the_table_says_what_became_of_every_row(command, tmp_path):
    result = command("stackexchange", small_site(tmp_path / "beer"))
    assert result.exit_code == 0
    assert "Votes                 3        3         0" in result.output
    assert "Written to beer:" in result.output


def test_a_program_reads_json(command, tmp_path):
    result = command("stackexchange", small_site(tmp_path / "beer"), "--json", "--site", "brew")
    told = json.loads(result.stdout)
    assert told["site"] == "brew" and told["unaccounted"] == {}
    assert told["files"]["Posts"] == {"read": 5, "stored": 5, "left_out": {}}


def test_a_wrong_folder_ends_with_a_status_and_the_reason(command, tmp_path):
    result = command("stackexchange", tmp_path)
    assert result.exit_code == 1
    assert f"Nothing was imported. {tmp_path}: no Posts.xml" in result.output


def test_lines_are_imported(command, tmp_path):
    file = tmp_path / "q.jsonl"
    file.write_text('{"title": "Hvor er printeren?"}')
    assert command("jsonl", file).exit_code == 0
    file.write_text("{")
    assert "line 1: not JSON" in command("jsonl", file).output


def test_a_row_that_nobody_accounts_for_is_told():
    report = Report(site="beer")
    report.read["Votes"] = 3
    report.stored["Votes"] = 1
    report.leave_out("Votes", "spam")
    assert report.unaccounted() == {"Votes": 1}
    assert "UNACCOUNTED FOR:\n  Votes: 1 rows" in report.as_text()
