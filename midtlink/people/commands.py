"""`midtlink people ...`: staff lists, invitations, roles."""

import json
import os
import sys
from collections.abc import Callable
from typing import BinaryIO, TypeVar

import click
from flask import current_app, url_for
from flask.cli import AppGroup

from midtlink.access import ADMINISTRATOR, ROLES, NotFound
from midtlink.events import in_transaction
from midtlink.notifications.mail.access import mail_link
from midtlink.people import activating, links, queries, roles
from midtlink.people.hashing import hash_password
from midtlink.people.models import Person
from midtlink.people.passwords import check_new_password, store_password
from midtlink.people.policy import COMMAND_LINE
from midtlink.people.registering import Particulars, clean_username, register
from midtlink.people.staff import REASONS, Report, import_staff
from midtlink.people.staff_list import COLUMNS, BadStaffList, read_staff_list
from midtlink.privacy import PatientDataFound, mask
from midtlink.refusals import Refused

people = AppGroup("people", help="Look after people: staff lists, invitations, roles.")
COMMANDS = (people,)
Result = TypeVar("Result")

IMPORT_HELP = f"""Add and change people as a staff list (CSV) says; safe to repeat.

The file is UTF-8, UTF-16 or Windows-1252, its columns parted by ";", "," or tabs. The first line
names the columns, in any order: {", ".join(COLUMNS)}
(or {", ".join(names[1] for names in COLUMNS.values())}).
Only username and name are needed. A column that is not there changes nothing; an empty field
empties. Departments and sites that are new are added. Roles are never read from a list: see
`midtlink people grant`. Ends with 1 when a line was refused.
"""


@people.command("import", help=IMPORT_HELP)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--deactivate-missing",
    is_flag=True,
    help="Deactivate people whom the list does not name (only when no line was refused).",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_command(file: BinaryIO, deactivate_missing: bool, as_json: bool) -> None:
    """Read a staff list."""
    try:
        staff = read_staff_list(file.read())
    except BadStaffList as error:
        raise click.ClickException(str(error)) from None
    report = import_staff(staff, by=COMMAND_LINE, deactivates_missing=deactivate_missing)
    if as_json:
        click.echo(json.dumps(vars(report), ensure_ascii=False))
    else:
        _print_report(report, staff.unknown_columns, deactivate_missing)
    sys.exit(1 if report.refused else 0)


def _print_report(report: Report, unknown: list[int], deactivate_missing: bool) -> None:
    for column in unknown:
        click.echo(f"column {column} is not known and was not read")
    for number, words in [*report.refused, *report.notes]:
        click.echo(f"line {number}: {words}" if number else words)
    if report.refused and deactivate_missing:
        click.echo("nobody was deactivated, because not every line could be read")
    click.echo(", ".join(f"{count} {name}" for name, count in report.counts().items()))


@people.command("invite")
@click.argument("username", required=False)
@click.option("--department", help="Everyone active in this department who has no password yet.")
@click.option("--mail", "by_mail", is_flag=True, help="Mail the links instead of printing them.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def invite(username: str | None, department: str | None, by_mail: bool, as_json: bool) -> None:
    """Print one-time links where people choose a password (they work for 24 hours)."""
    if bool(username) == bool(department):
        raise click.UsageError("name a user or a --department")
    invited = [_get(username)] if username else queries.list_without_password(str(department))
    invites = _mail_link if by_mail else link_for
    made = {}
    for person in invited:
        made[person.username] = _refusing(lambda person=person: invites(person))  # type: ignore[misc]
    if as_json:
        click.echo(json.dumps(made))
        return
    for name, address in made.items():
        click.echo(f"{name}  {address}")
    if not made:
        raise click.ClickException("there is nobody to invite")


@people.command("create-admin")
@click.option("--username", prompt=True, help="What the administrator signs in with.")
@click.option("--name", prompt=True, help="The administrator's name.")
@click.option("--email", default="", help="The administrator's e-mail address.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
def create_admin(username: str, name: str, email: str, password_stdin: bool) -> None:
    """Register an administrator (or make a colleague one) and print a one-time link."""
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    person = _refusing(lambda: _make_admin(username, name, email, password))
    click.echo(f"{person.username} is an administrator")
    if password is None:
        click.echo(_refusing(lambda: link_for(person)))


def _make_admin(username: str, name: str, email: str, password: str | None) -> Person:
    folded = clean_username(username)
    if password is not None:
        check_new_password(password, folded)
    hashed = hash_password(password) if password is not None else None

    def work() -> Person:
        person = queries.find_person(folded)
        if person is None:
            particulars = Particulars(name=name, email=email)
            person = register(folded, particulars, None, by=COMMAND_LINE)
        activating.activate(person, by=COMMAND_LINE)
        roles.grant_role(person, ADMINISTRATOR, by=COMMAND_LINE)
        if hashed:
            store_password(person, hashed, by_id=None)
        return person

    return in_transaction(work)


@people.command("list")
@click.option("--all", "shows_all", is_flag=True, help="Inactive people too.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_command(shows_all: bool, as_json: bool) -> None:
    """List people with their departments and roles."""
    listed = queries.list_everybody(shows_inactive=shows_all)
    if as_json:
        click.echo(json.dumps([_row(person) for person in listed], ensure_ascii=False))
        return
    for person in listed:
        roles_held = " ".join(grant.role for grant in person.role_grants)
        place = person.department.name if person.department else ""
        state = [] if person.is_active else ["inactive"]
        click.echo("\t".join([person.username, person.name, place, roles_held, *state]))


def _row(person: Person) -> dict[str, object]:
    return {
        "username": person.username,
        "name": person.name,
        "department": person.department.name if person.department else "",
        "roles": [grant.role for grant in person.role_grants],
        "active": person.is_active,
    }


@people.command("grant")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
def grant(username: str, role: str) -> None:
    """Give a person a role: it (reviewer), moderator or administrator."""
    _change(username, lambda person: roles.grant_role(person, role, by=COMMAND_LINE))


@people.command("revoke")
@click.argument("username")
@click.argument("role", type=click.Choice(ROLES))
def revoke(username: str, role: str) -> None:
    """Take a role from a person."""
    _change(username, lambda person: roles.revoke_role(person, role, by=COMMAND_LINE))


@people.command("deactivate")
@click.argument("username")
def deactivate(username: str) -> None:
    """End a person's sign-ins and let them sign in no more."""
    _change(username, lambda person: activating.deactivate(person, by=COMMAND_LINE))


@people.command("activate")
@click.argument("username")
def activate(username: str) -> None:
    """Let a person sign in again."""
    _change(username, lambda person: activating.activate(person, by=COMMAND_LINE))


def link_for(person: Person) -> str:
    """Return the whole address of a new one-time link."""
    token = in_transaction(lambda: links.make_link(person, by=COMMAND_LINE))
    port = os.environ.get("PORT", "8000")
    base = current_app.config["BASE_URL"] or f"http://127.0.0.1:{port}"
    with current_app.test_request_context(base_url=base):
        return url_for("people.password_link", token=token, _external=True)


def _mail_link(person: Person) -> str:
    """Send the person a link; return the address that it goes to."""
    in_transaction(lambda: mail_link(person, by=COMMAND_LINE))
    return str(person.email)


def _get(username: str) -> Person:
    try:
        return queries.get_person(username)
    except NotFound:
        raise click.ClickException(f'nobody is called "{mask(username)}"') from None


def _change(username: str, work: Callable[[Person], None]) -> None:
    _refusing(lambda: in_transaction(lambda: work(_get(username))))


def _refusing(work: Callable[[], Result]) -> Result:
    """Run work; a refusal is one clear line and status 1."""
    try:
        return work()
    except Refused as refusal:
        words = REASONS.get(refusal.code, refusal.code.replace("_", " "))
        words = words.format(field=refusal.field, **refusal.facts)
        raise click.ClickException(words) from None
    except PatientDataFound as found:
        raise click.ClickException(f"{found.field} holds a CPR number") from None
