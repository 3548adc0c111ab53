"""`midtlink topics`: list the systems, add one."""

import json
from typing import Any

import click
from flask.cli import AppGroup

from midtlink.access import NotAllowed
from midtlink.events import in_transaction
from midtlink.people.models import Person
from midtlink.people.queries import find_person
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused
from midtlink.topics.models import System
from midtlink.topics.queries import list_systems
from midtlink.topics.systems import Description, save_system

topics = AppGroup("topics", help="List and add the systems that questions are about.")
COMMANDS = [topics]


@topics.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_command(as_json: bool) -> None:
    """List all systems: address, name, whether in use, status."""
    rows = [_row(system) for system in list_systems(with_inactive=True)]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        use = "in use" if row["is_active"] else "out of use"
        click.echo("\t".join((row["slug"], row["name"], use, row["status_line"])))


@topics.command("add-system")
@click.argument("name")
@click.option("--by", "username", required=True, help="Username of the administrator who adds it.")
@click.option("--purpose", default="", help="What it is used for.")
@click.option("--words", default="", help="Words in a title that suggest it, with commas between.")
@click.option("--owner", default="", help="Username of the colleague who owns it.")
@click.option("--team", default="", help="The team that owns it.")
@click.option("--phone", default="", help="Telephone number of its support.")
@click.option("--promise", default="", help="How soon answers usually come.")
def add_system(
    name: str,
    username: str,
    purpose: str,
    words: str,
    owner: str,
    team: str,
    phone: str,
    promise: str,
) -> None:
    """Add the system NAME and print its address."""
    about = Description(
        name=name,
        purpose=purpose,
        words=words,
        owner=owner,
        owner_team=team,
        support_phone=phone,
        promise=promise,
    )
    try:
        system = in_transaction(lambda: save_system(None, about, by=_administrator(username)))
    except Refused as refused:
        raise click.ClickException(f"refused {refused}") from refused
    except PatientDataFound as found:
        raise click.ClickException(str(found)) from found
    except NotAllowed as error:
        raise click.ClickException(f"{username} is no administrator") from error
    click.echo(system.slug)


def _administrator(username: str) -> Person:
    person = find_person(username)
    if person is None:
        raise click.ClickException(f"nobody has the username {username}")
    return person


def _row(system: System) -> dict[str, Any]:
    return {
        "slug": system.slug,
        "name": system.name,
        "is_active": system.is_active,
        "status_line": system.status_line,
    }
