"""`midtlink settings ...`: reading and changing settings from the command line."""

import json

import click
from flask.cli import AppGroup

from midtlink.events import in_transaction
from midtlink.privacy import PatientDataFound
from midtlink.settings import queries
from midtlink.settings.changing import BadSetting, change_setting
from midtlink.settings.definitions import DEFINITIONS

settings = AppGroup("settings", help="Read and change settings.")
COMMANDS = (settings,)


@settings.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_command(as_json: bool) -> None:
    """List every setting with its value; changed ones are marked with *."""
    values = queries.all_values()
    if as_json:
        click.echo(json.dumps(values, ensure_ascii=False))
        return
    for key, value in values.items():
        mark = "" if value == DEFINITIONS[key].default else " *"
        click.echo(f"{key} = {value}{mark}")


@settings.command("set")
@click.argument("key", type=click.Choice(sorted(DEFINITIONS), case_sensitive=True))
@click.argument("value")
def set_command(key: str, value: str) -> None:
    """Change a setting. Web workers see it with their next request."""
    try:
        in_transaction(lambda: change_setting(key, value, by=None, by_id=None))
    except BadSetting:
        raise click.ClickException(f"{key}: {_expected(key)}") from None
    except PatientDataFound:
        raise click.ClickException(f"{key}: holds a CPR number") from None
    click.echo(f"{key} = {queries.value(key)}")


def _expected(key: str) -> str:
    definition = DEFINITIONS[key]
    if isinstance(definition.default, bool):
        return "on or off"
    if definition.choices:
        return f"one of {', '.join(definition.choices)}"
    if isinstance(definition.default, int):
        return f"a whole number from {definition.least} to {definition.most}"
    if key.startswith("accent_"):
        return "a colour such as #00577d that is readable (4.5:1) on its background"
    return f"a text of 1 to {definition.longest} characters"
