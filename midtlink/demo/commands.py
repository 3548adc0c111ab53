"""`midtlink demo`: a believable hospital to look around in, or to put under load."""

import click
from flask import current_app
from flask.cli import with_appcontext

from midtlink.demo.cast import SIGN_INS
from midtlink.demo.filling import NotEmpty, count_questions, fill, fill_up_to


@click.command("demo")
@click.option("--threads", type=click.IntRange(1, 1_000_000), help="Vary until there are so many.")
@click.option("--public-passwords", is_flag=True, help="Allow it outside development.")
@with_appcontext
def demo(threads: int | None, public_passwords: bool) -> None:
    """Fill an empty database with the demo hospital: 600 colleagues and what they asked."""
    if not public_passwords:
        _refuse_outside_development()
    _fill_and_tell()
    if threads:
        added = fill_up_to(threads, lambda count: click.echo(f"{count} threads", err=True))
        click.echo(f"{added} threads added: {count_questions()} in all")


def fill_if_empty() -> None:
    """Fill an empty database and print the sign-ins; leave one with people of its own alone."""
    _refuse_outside_development()
    try:
        _fill_and_tell()
    except click.ClickException as refusal:
        click.echo(f"No demo: {refusal.message}.")


def _fill_and_tell() -> None:
    try:
        done = fill()
    except NotEmpty:
        raise click.ClickException(
            "this database holds other people than the demo's: give an empty one"
        ) from None
    click.echo("The demo hospital is filled in." if done else "The demo hospital is there already.")
    for each in SIGN_INS:
        click.echo(f"  {each.username:<8} {each.password:<26} {each.name}, {each.who}")


def _refuse_outside_development() -> None:
    config = current_app.config
    if not (config["IS_DEVELOPMENT"] or config.get("TESTING")):
        raise click.ClickException(
            "the demo's passwords are public, so it fills no database outside development"
            " (MIDTLINK_ENV=development)"
        )


COMMANDS = (demo,)
