"""Staff lists: what they add, change, refuse, and what they never touch."""

import json

import pytest

from midtlink.access import ADMINISTRATOR, NotAllowed
from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.people.models import Department, Person, Site
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.staff import import_staff
from midtlink.people.staff_list import BadStaffList, read_staff_list
from tests.world.cast import make_person
from tests.world.racing import all_at_once

HEADING = "username;name;email;profession;department;site;phone\n"
ANNE = "anne;Anne Mikkelsen;anne@hospital.example;sygeplejerske;Akut;Skejby;1234\n"
ÅGE = "åge;Åge Bjørnø;;portør;Portører;Skejby;\n"


def read(text, encoding="utf-8", **more):
    """Import a list written as text."""
    return import_staff(read_staff_list(text.encode(encoding)), by=COMMAND_LINE, **more)


def people():
    db.session.expire_all()
    return {person.username: person for person in db.session.query(Person)}


@pytest.mark.both_databases
def test_list_adds_people_departments_and_sites(app):
    report = read(HEADING + ANNE + ÅGE)
    assert (report.added, report.refused) == (2, [])
    assert people()["anne"].department.site.name == "Skejby"
    assert db.session.query(Department).count() == 2
    assert db.session.query(Site).count() == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_list_is_read_as_excel_and_others_write_it(app, encoding, delimiter):
    read((HEADING + ÅGE).replace(";", delimiter).replace("\n", "\r\n"), encoding)
    assert people()["åge"].name == "Åge Bjørnø"


def test_headings_may_be_danish(app):
    read("Brugernavn;Fulde navn;Faggruppe;Afdeling;Matrikel\nanne;Anne;læge;Akut;Horsens\n")
    assert people()["anne"].profession == "læge"


@pytest.mark.both_databases
def test_reading_twice_changes_nothing(app):
    read(HEADING + ANNE + ÅGE)
    report = read(HEADING + ANNE + ÅGE)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)


def test_later_list_updates(app):
    read(HEADING + ANNE)
    report = read(HEADING + ANNE.replace("Akut", "Medicin").replace("1234", "4321"))
    assert report.changed == 1
    assert (people()["anne"].department.name, people()["anne"].phone) == ("Medicin", "4321")


def test_column_that_is_missing_changes_nothing_and_an_empty_field_empties(app):
    read(HEADING + ANNE)
    read("username;name;phone\nanne;Anne Mikkelsen;\n")
    assert people()["anne"].email == "anne@hospital.example"
    assert people()["anne"].phone == ""


def test_department_that_moves_takes_its_new_site(app):
    read(HEADING + ANNE)
    read(HEADING + ANNE.replace("Skejby", "Horsens"))
    assert people()["anne"].department.site.name == "Horsens"
    assert db.session.query(Department).count() == 1


REFUSED = {
    "no name": ("bo;;;;;;\n", "name is empty"),
    "invisible name": ("bo;\u200b\u00a0;;;;;\n", "name is empty"),
    "no username": (";Bo;;;;;\n", "username is empty"),
    "slash": ("b/o;Bo;;;;;\n", "username may hold"),
    "long username": ("b" * 61 + ";Bo;;;;;\n", "username is longer than 60"),
    "NUL": ("bo;B\0o;;;;;\n", "name holds characters that nobody can see"),
    "CPR as name": ("bo;Bo 010190-1234;;;;;\n", "name holds a CPR number"),
    "CPR as phone": ("bo;Bo;;;;;010190-1234\n", "phone holds a CPR number"),
    "CPR as department": ("bo;Bo;;;Afd 010190-1234;;\n", "name holds a CPR number"),
    "bad address": ("bo;Bo;bo at home;;;;\n", "email is not an address"),
    "address of another": ("bo;Bo;ANNE@hospital.example;;;;\n", "email belongs to another"),
    "twice": ("ANNE;Anna;;;;;\n", "username stands in the list already"),
    "too many fields": ("bo;Bo;;;;;;;x\n", "more fields than the heading has"),
    "quotes": ('bo;"Bo;;;;;\n', "quotation marks that do not match"),
    "ten megabytes": ("bo;" + "B" * 10_000_000 + ";;;;;\n", "longer than 10000 characters"),
    "two sites": ("bo;Bo;;;akut;Horsens;\n", "at another site"),
}


@pytest.mark.parametrize(("line", "words"), REFUSED.values(), ids=REFUSED)
def test_line_is_refused_by_number_with_its_reason(app, line, words):
    report = read(HEADING + ANNE + "\n" + line + ÅGE)
    assert [number for number, _ in report.refused] == [4]
    assert words in report.refused[0][1]
    assert report.added == 2


def test_refused_line_leaves_nothing_behind(app):
    read(HEADING + "bo;Bo;not an address;;Nyafdeling;Nymatrikel;\n")
    assert db.session.query(Department).count() == db.session.query(Site).count() == 0


def test_cpr_number_is_never_told(app):
    report = read(HEADING + "bo;Bo 010190-1234;;;;;\n")
    assert "010190" not in str(report)


@pytest.mark.parametrize(
    "content",
    [b"", b"\n\n", b"name\nAnne\n", b"username;name;navn\n", b'username;"name\n', b"\x81\x8d\x90\n",
     b"\xff\xfe\x00", b"username;name" * 1000],
)  # fmt: skip
def test_file_that_is_no_list_is_refused_as_a_whole(app, content):
    with pytest.raises(BadStaffList):
        read_staff_list(content)


@pytest.mark.both_databases
def test_missing_people_are_deactivated_when_asked_for(app):
    read(HEADING + ANNE + ÅGE)
    assert read(HEADING + ANNE).deactivated == 0
    assert read(HEADING + ANNE, deactivates_missing=True).deactivated == 1
    assert not people()["åge"].is_active
    assert people()["anne"].is_active


def test_deactivated_colleague_stays_so_and_the_list_says_it(app):
    read(HEADING + ANNE + ÅGE)
    read(HEADING + ANNE, deactivates_missing=True)
    report = read(HEADING + ANNE + ÅGE)
    assert report.notes == [(3, "is deactivated and stays so")]
    assert not people()["åge"].is_active


def test_nobody_is_deactivated_when_a_line_was_refused(app):
    read(HEADING + ANNE + ÅGE)
    report = read(HEADING + ANNE + "å/ge;Åge;;;;;\n", deactivates_missing=True)
    assert report.deactivated == 0
    assert people()["åge"].is_active


def test_imported_people_and_the_last_administrator_stay(app):
    make_person("chef", "Chefen", "it", "It", ADMINISTRATOR)
    make_person("user1", "Somebody", "", "Imported", origin="beer", origin_key="1")
    report = read(HEADING + ANNE, deactivates_missing=True)
    assert report.deactivated == 0
    assert people()["chef"].is_active and people()["user1"].is_active


def test_roles_are_never_read_from_a_list(app):
    staff = read_staff_list(b"username;name;roles\nanne;Anne;administrator\n")
    import_staff(staff, by=COMMAND_LINE)
    assert staff.unknown_columns == [3]
    assert not people()["anne"].has_role(ADMINISTRATOR)


def test_only_administrators_read_lists(cast):
    with pytest.raises(NotAllowed):
        import_staff(read_staff_list((HEADING + ÅGE).encode()), by=cast.anne)


def test_journal_holds_the_figures(app):
    read(HEADING + ANNE + "bo;;;;;;\n")
    entry = db.session.query(JournalEntry).filter_by(act="StaffImported").one()
    assert entry.facts == {
        "added": 1, "changed": 0, "unchanged": 0, "deactivated": 0, "refused": 1,
    }  # fmt: skip


def test_command_tells_line_by_line_and_fails_when_it_refused(app, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_bytes((HEADING + ANNE + "bo;;;;;;\n").encode("cp1252"))
    answer = app.test_cli_runner().invoke(args=["people", "import", str(path)])
    assert answer.exit_code == 1
    assert "line 3: name is empty" in answer.output
    assert "1 added, 0 changed" in answer.output


def test_command_reports_to_programs(app, tmp_path):
    path = tmp_path / "staff.csv"
    path.write_text(HEADING + ANNE)
    answer = app.test_cli_runner().invoke(args=["people", "import", str(path), "--json"])
    assert answer.exit_code == 0
    assert json.loads(answer.output)["added"] == 1


def test_command_refuses_what_is_no_list(app, tmp_path):
    path = tmp_path / "picture.png"
    path.write_bytes(b"\x89PNG\x00\x81")
    answer = app.test_cli_runner().invoke(args=["people", "import", str(path)])
    assert answer.exit_code == 1
    assert answer.output.startswith("Error: ")


@pytest.mark.both_databases
def test_two_lists_at_once_make_each_person_once(app):
    text = HEADING + "".join(f"user{i};User {i};;;Akut;Skejby;\n" for i in range(30))
    reports = all_at_once(app, [lambda: read(text)] * 3)
    assert sum(report.added for report in reports) == 30
    assert len(people()) == 30
