"""The command line `midtlink`: every domain's commands in one click group.

It is Flask's group without Flask's own development server, and lists its commands without making
the application, so that `--help` works before anything is configured.
"""

import os
import sys
from typing import NoReturn

import click
from flask.cli import AppGroup, ScriptInfo
from flask_migrate.cli import db
from sqlalchemy.exc import DBAPIError

from midtlink import __version__, create_app
from midtlink.commands import privacy
from midtlink.configuring import DOMAINS, BadConfiguration, load
from midtlink.running import run, sweep

#: PostgreSQL: no such table, no such column.
UNKNOWN_NAMES = ("42P01", "42703")


@click.group(cls=AppGroup, context_settings={"terminal_width": 120})
@click.version_option(__version__, prog_name="midtlink")
def midtlink() -> None:
    """Run and look after MidtLink."""


def _collect() -> None:
    midtlink.add_command(run)
    midtlink.add_command(sweep)
    midtlink.add_command(db)
    midtlink.add_command(privacy)
    for domain in DOMAINS:
        if commands := load(domain, "commands"):
            for command in commands.COMMANDS:
                midtlink.add_command(command)


_collect()


def main() -> None:
    """Start the command line; what it cannot start with is one line and status 2.

    What MidtLink writes, the database and the logs, is for the account that runs it alone.
    """
    os.umask(0o077)
    try:
        midtlink(prog_name="midtlink", obj=ScriptInfo(create_app=lambda: create_app()))
    except BadConfiguration as error:
        _give_up(str(error))
    except DBAPIError as error:
        if not _lacks_a_table(error):
            raise
        _give_up("the database is empty or of another version: `midtlink db upgrade` mends that")


def _lacks_a_table(error: DBAPIError) -> bool:
    code = getattr(error.orig, "sqlstate", None)
    return code in UNKNOWN_NAMES or str(error.orig).startswith(("no such table", "no such column"))


def _give_up(why: str) -> NoReturn:
    click.echo(f"midtlink: {why}", err=True)
    sys.exit(2)
