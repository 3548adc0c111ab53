"""The command line of the questions: proving the counts, rendering texts again."""

import json
import sys

import click
from flask.cli import with_appcontext

from midtlink.questions.checking import check_threads
from midtlink.questions.rebuilding import rebuild_batch


@click.group("questions")
def questions() -> None:
    """Look after questions and answers."""


@questions.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--mend", is_flag=True, help="Put right what is wrong.")
@with_appcontext
def check(as_json: bool, mend: bool) -> None:
    """Prove that counts and statuses are what the rows say; ends 1 when some are not."""
    count = 0
    for each in check_threads(mend=mend):
        count += 1
        fields = {"post": each.post_id, "name": each.name}
        values = {"stored": each.stored, "derived": each.derived}
        if as_json:
            click.echo(json.dumps(fields | values, default=str))
        else:
            click.echo(f"post {each.post_id}: {each.name} is {each.stored}, not {each.derived}")
    if not as_json:
        click.echo(f"{count} differences" + (" mended" if mend and count else ""))
    sys.exit(1 if count and not mend else 0)


@click.group("markup")
def markup() -> None:
    """Look after the HTML made from texts."""


@markup.command("rebuild")
@click.option("--all", "everything", is_flag=True, help="Also those made by today's cleaner.")
@with_appcontext
def rebuild(everything: bool) -> None:
    """Render texts again whose HTML an older cleaner made; ends 1 when one cannot be."""
    last, total = 0, 0
    failed: list[int] = []
    while True:
        last, rendered, left = rebuild_batch(last, everything=everything)
        if not last:
            break
        total, failed = total + rendered, failed + left
    for post_id in failed:
        click.echo(f"post {post_id}: the text is too complex; it shows what it showed", err=True)
    click.echo(f"{total} texts rendered")
    sys.exit(1 if failed else 0)


COMMANDS = [questions, markup]
