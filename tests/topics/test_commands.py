"""`midtlink topics`."""

import json

from midtlink.topics.queries import find_system, list_systems
from tests.topics.making import make_system


def run(app, *words):
    return app.test_cli_runner().invoke(args=["topics", *words])


def test_systems_are_listed(app):
    make_system("EPJ", status_line="Langsom")
    make_system("Gammel", is_active=False)
    assert run(app, "list").output == "epj\tEPJ\tin use\tLangsom\ngammel\tGammel\tout of use\t\n"
    listed = json.loads(run(app, "list", "--json").output)
    assert [row["slug"] for row in listed] == ["epj", "gammel"]


def test_an_administrator_adds_a_system(app, cast):
    done = run(app, "add-system", "Røntgen", "--by", cast.astrid.username, "--words", "ct")
    assert (done.exit_code, done.output) == (0, "roentgen\n")
    assert find_system("roentgen").words == "ct"


def test_what_is_refused_is_said_in_one_line_and_ends_non_zero(app, cast):
    make_system("EPJ")
    for words, told in (
        (("EPJ", "--by", cast.astrid.username), "name: taken"),
        (("Print", "--by", cast.anne.username), "anne is no administrator"),
        (("Print", "--by", "ukendt"), "nobody has the username ukendt"),
        (("Print 010190-1234", "--by", "astrid"), "name holds 1 CPR number"),
    ):
        done = run(app, "add-system", *words)
        assert done.exit_code == 1
        assert told in done.output
        assert "010190" not in done.output
    assert run(app, "add-system", "Print").exit_code == 2
    assert len(list_systems()) == 1
