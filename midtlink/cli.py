"""The command line `midtlink`: every domain's commands in one click group.

It is Flask's group without Flask's own development server, and lists its commands without making
the application, so that `--help` works before anything is configured.
"""

import os
import sys

import click
from flask.cli import AppGroup, ScriptInfo
from flask_migrate.cli import db

from midtlink import __version__, create_app
from midtlink.commands import privacy
from midtlink.configuring import DOMAINS, BadConfiguration, load
from midtlink.running import run, sweep


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
    """Start the command line; a refused configuration is one line and status 2.

    What MidtLink writes, the database and the logs, is for the account that runs it alone.
    """
    os.umask(0o077)
    try:
        midtlink(prog_name="midtlink", obj=ScriptInfo(create_app=lambda: create_app()))
    except BadConfiguration as error:
        click.echo(f"midtlink: {error}", err=True)
        sys.exit(2)
