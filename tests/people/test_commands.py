"""`midtlink people ...`, as it is typed."""

import json
import re

import pytest

from midtlink.access import ADMINISTRATOR, MODERATOR
from midtlink.extensions import db
from midtlink.people.queries import find_person, get_person
from tests.people.making import PASSWORD, sign_in, with_password

ADMIN = ("create-admin", "--username", "Chef", "--name", "Chefen", "--email", "chef@h.example")


@pytest.fixture
def run(app):
    """Run a command of the group; `status` is what it must end with."""

    def run(*args, status=0, **more):
        db.session.rollback()
        answer = app.test_cli_runner().invoke(args=["people", *args], **more)
        assert answer.exit_code == status, answer.output
        db.session.expire_all()
        return answer.output

    return run


def link_in(text):
    """The path of the link that was printed."""
    return re.search(r"http://127\.0\.0\.1:8000(/adgang/\S+)", text).group(1)


def test_first_administrator_gets_a_link(run, visit):
    path = link_in(run(*ADMIN))
    visit.post(path, password=PASSWORD, again=PASSWORD)
    assert sign_in("chef")
    assert get_person("chef").has_role(ADMINISTRATOR)


def test_first_administrator_may_be_asked_for_on_the_way(run):
    run("create-admin", input="chef\nChefen\n")
    assert get_person("chef").name == "Chefen"


def test_first_administrator_may_bring_a_password(run):
    assert "/adgang/" not in run(*ADMIN, "--password-stdin", input=PASSWORD + "\n")
    assert sign_in("chef")


@pytest.mark.parametrize("password", ["kort", "password12345", ""])
def test_bad_password_makes_no_administrator(run, password):
    run(*ADMIN, "--password-stdin", input=password + "\n", status=1)
    assert find_person("chef") is None


def test_colleague_becomes_administrator_without_losing_a_name(run, cast):
    assert cast.anne
    run("create-admin", "--username", "anne", "--name", "Anna")
    assert get_person("anne").name == "Anne Mikkelsen"
    assert get_person("anne").has_role(ADMINISTRATOR)


def test_one_or_a_whole_department_is_invited(run, cast):
    assert cast.anne and cast.karim and cast.leif and with_password(cast.jonas)
    assert link_in(run("invite", "anne"))
    assert json.loads(run("invite", "--department", "Akutafdelingen", "--json")).keys() == {"anne"}
    run("invite", "--department", "Medicinsk Afdeling", status=1)
    run("invite", "leif", status=1)
    run("invite", status=2)
    run("invite", "nobody", status=1)


def test_links_have_the_hospitals_address(run, cast, app):
    assert cast.anne
    app.config["BASE_URL"] = "https://midtlink.hospital.example"
    try:
        assert "https://midtlink.hospital.example/adgang/" in run("invite", "anne")
    finally:
        app.config["BASE_URL"] = ""


def test_roles_are_given_and_taken(run, cast):
    assert cast.anne
    run("grant", "anne", MODERATOR)
    assert get_person("anne").has_role(MODERATOR)
    run("revoke", "anne", MODERATOR)
    assert not get_person("anne").has_role(MODERATOR)
    run("grant", "anne", "king", status=2)
    run("grant", "nobody", MODERATOR, status=1)


def test_people_are_deactivated_and_activated(run, cast):
    assert cast.anne and cast.astrid
    run("deactivate", "anne")
    assert not get_person("anne").is_active
    run("activate", "anne")
    assert get_person("anne").is_active
    assert "last administrator" in run("deactivate", "astrid", status=1)


def test_people_are_listed(run, cast):
    assert cast.astrid and cast.leif
    assert run("list") == "astrid\tAstrid Lund\tIt-afdelingen\tadministrator\n"
    assert "inactive" in run("list", "--all")
    assert json.loads(run("list", "--json"))[0]["roles"] == [ADMINISTRATOR]


def test_cpr_number_as_a_name_is_not_told(run):
    assert "010190" not in run("deactivate", "010190-1234", status=1)
    assert "010190" not in run(*ADMIN[:3], "--name", "Bo 010190-1234", status=1)


def test_every_command_has_a_line_of_help(run):
    for line in run("--help").partition("Commands:")[2].strip().splitlines():
        assert re.match(r"\s*[a-z-]+\s+\w.{15,}", line), line
