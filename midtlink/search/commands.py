"""The command line of the search: building the index, looking things up, proving it."""

import json
import sys
import time
from collections.abc import Iterable
from typing import Any

import click
from flask.cli import with_appcontext

from midtlink.people.models import Person
from midtlink.people.queries import find_person
from midtlink.search.checking import check_index, mend
from midtlink.search.finding import Results
from midtlink.search.finding import search as find_threads
from midtlink.search.indexing import rebuild as rebuild_index
from midtlink.search.protocol import IndexUnavailable
from midtlink.search.settling import list_unfound
from midtlink.search.synonyms import split, standing


@click.group("search")
def search() -> None:
    """Look after the search index, and look things up in it."""


@search.command("rebuild")
@with_appcontext
def rebuild() -> None:
    """Build a new index beside the running one and swap; searching goes on meanwhile."""
    started, shown = time.monotonic(), 0

    def on_progress(count: int) -> None:
        nonlocal shown
        if count - shown >= 5_000:
            shown = count
            click.echo(f"{count} threads …", err=True)

    try:
        count = rebuild_index(on_progress)
    except IndexUnavailable as error:
        raise click.ClickException(f"the index could not be built: {error}") from error
    click.echo(f"{count} threads indexed in {time.monotonic() - started:.1f} s")


@search.command("find")
@click.argument("words", required=False)
@click.option("--stdin", "is_many", is_flag=True, help="Answer one query a line of standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a query.")
@click.option("--limit", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--page", type=click.IntRange(1, 50), default=1, show_default=True)
@click.option("--as", "username", help="Find what this colleague may see; else what everyone may.")
@with_appcontext
def find(
    words: str | None, is_many: bool, as_json: bool, limit: int, page: int, username: str | None
) -> None:
    """Print what the page finds: the thread, the id it was imported by, its score and title."""
    if (words is None) is not is_many:
        raise click.UsageError("give WORDS, or --stdin and a query a line")
    by = _asker(username)
    for line in sys.stdin if is_many else [words or ""]:
        results = find_threads(line.rstrip("\n"), by=by, page=page, size=limit, has_facets=False)
        for written in _lines(line.rstrip("\n"), results, as_json=as_json):
            click.echo(written)
        sys.stdout.flush()


def _asker(username: str | None) -> Person:
    """Return who asks; without a name somebody who sees what every colleague sees."""
    if username is None:
        return Person(is_active=True, role_grants=[])
    person = find_person(username)
    if person is None:
        raise click.ClickException(f"nobody is called {username}")
    return person


def _lines(typed: str, results: Results, *, as_json: bool) -> Iterable[str]:
    hits = [_hit(results, at) for at in range(len(results.questions))]
    if as_json:
        facts = {"query": typed, "total": results.total, "corrected": dict(results.corrected)}
        facts |= {"from_index": not results.is_plain, "hits": hits}
        yield json.dumps(facts, ensure_ascii=False)
        return
    for hit in hits:
        yield f"{hit['id']}\t{hit['import_id'] or '-'}\t{hit['score']:.3f}\t{hit['title']}"


def _hit(results: Results, at: int) -> dict[str, Any]:
    question = results.questions[at]
    return {
        "id": question.id,
        "import_id": question.origin_key,
        "origin": question.origin,
        "title": question.title,
        "score": round(results.scores.get(question.id, 0.0), 4),
    }


@search.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--no-mend", "only_looks", is_flag=True, help="Say what differs and leave it.")
@with_appcontext
def check(as_json: bool, only_looks: bool) -> None:
    """Compare index and database and mend the difference; ends 1 when some is left."""
    try:
        differences = check_index()
        for each in differences:
            click.echo(json.dumps(vars(each)) if as_json else _difference(each))
        if differences and not only_looks:
            mend(differences)
            differences = check_index()
    except IndexUnavailable:
        if only_looks:
            raise click.ClickException("there is no index that can be read") from None
        click.echo(f"no index that can be read; {rebuild_index()} threads indexed anew")
        return
    if not as_json:
        click.echo(f"{len(differences)} differences left")
    sys.exit(1 if differences else 0)


def _difference(each: Any) -> str:
    return f"thread {each.question_id}: version {each.indexed} in the index, not {each.wanted}"


@search.command("synonyms")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@with_appcontext
def synonyms(as_json: bool) -> None:
    """Print the groups of words that mean the same."""
    for group in standing():
        facts = {"id": group.id, "words": split(group.words), "shipped": not group.changed_by_id}
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else group.words)


@search.command("unfound")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@with_appcontext
def unfound(as_json: bool) -> None:
    """Print what was searched for and not found: how often, for which system, the words."""
    for row in list_unfound(limit=None):
        system = row.system.slug if row.system else None
        facts = {"words": row.words, "not_found": row.zero_count, "system": system}
        facts |= {"not_opened": row.unopened_count, "last_at": row.last_at.isoformat()}
        plain = f"{row.zero_count}\t{row.unopened_count}\t{system or '-'}\t{row.words}"
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else plain)


COMMANDS = [search]
