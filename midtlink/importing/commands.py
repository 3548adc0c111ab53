"""`midtlink import`: bring in what other places hold."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click
from flask.cli import with_appcontext

from midtlink.importing.jsonl import import_lines
from midtlink.importing.refusing import BadImport
from midtlink.importing.report import Report
from midtlink.importing.stackexchange import import_dump

SITE_HELP = "The source's name; else it is known again by its content, or named after its {}."
LANGUAGE_HELP = "The language of the texts, which pages tell the browser."


@click.group("import")
def import_() -> None:
    """Bring in questions from elsewhere; safe to repeat, and to stop and run again."""


@import_.command("stackexchange")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--site", help=SITE_HELP.format("folder"))
@click.option("--language", default="en", show_default=True, help=LANGUAGE_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the final table as JSON.")
@with_appcontext
def stackexchange(folder: Path, site: str | None, language: str, as_json: bool) -> None:
    """Import the Stack Exchange data dump in a folder (only Posts.xml is required)."""
    _run(lambda: import_dump(folder, site=site, language=language), as_json)


@import_.command("jsonl")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--site", help=SITE_HELP.format("file"))
@click.option("--language", default="da", show_default=True, help=LANGUAGE_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print the final table as JSON.")
@with_appcontext
def jsonl(file: Path, site: str | None, language: str, as_json: bool) -> None:
    """Import questions from a file with one JSON object a line, packed with gzip or not.

    \b
    title, body      texts; one of them is needed
    answers, tags    lists of texts
    id               a text or number: the same id again updates the question
    system           the name of a system that there is
    author, created  a name; a date or time
    """
    _run(lambda: import_lines(file, site=site, language=language), as_json)


def _run(work: Callable[[], Report], as_json: bool) -> None:
    try:
        report = work()
    except BadImport as error:
        click.echo(f"Nothing was imported. {error}", err=True)
        sys.exit(1)
    click.echo(json.dumps(report.as_data(), ensure_ascii=False) if as_json else report.as_text())
    if report.unaccounted():
        sys.exit(1)


COMMANDS = [import_]
