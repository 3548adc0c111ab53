"""The command line `midtlink`: Flask's click group, without Flask's development server."""

import sys

import click
from flask.cli import FlaskGroup

from midtlink import create_app
from midtlink.configuring import BadConfiguration


@click.group(
    cls=FlaskGroup,
    create_app=lambda: create_app(),
    add_default_commands=False,
    add_version_option=False,
    load_dotenv=False,
    set_debug_flag=False,
)
def midtlink() -> None:
    """Run and look after MidtLink."""


def main() -> None:
    """Start the command line; a refused configuration is one line and status 2."""
    try:
        midtlink(prog_name="midtlink")
    except BadConfiguration as error:
        click.echo(f"midtlink: {error}", err=True)
        sys.exit(2)
