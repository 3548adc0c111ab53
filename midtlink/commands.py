"""Commands of the ground: what needs no domain."""

import io

import click

from midtlink.privacy import lines_with_finds


@click.group("privacy")
def privacy() -> None:
    """Look for patient data in texts."""


@privacy.command("check")
@click.argument("file", type=click.File("rb"))
def check(file: io.BufferedReader) -> None:
    """Print the number of each line in FILE (or -) that holds a CPR number, and nothing else."""
    lines = io.TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="\n")
    for number in lines_with_finds(lines):
        click.echo(number)
