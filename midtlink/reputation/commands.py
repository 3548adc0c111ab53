"""`midtlink reputation ...`: proving the ledger, and building it anew from the facts."""

import json

import click
from flask.cli import AppGroup

from midtlink.reputation.badges.queries import count_standing
from midtlink.reputation.ledger import rebuilding
from midtlink.reputation.ledger.rebuilding import Difference
from midtlink.reputation.sweeping import look_at_badges

reputation = AppGroup("reputation", help="Check and rebuild the ledger of points; award badges.")
COMMANDS = (reputation,)


@reputation.command("check")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def check_command(as_json: bool) -> None:
    """Compare every total, entry and standing with a replay of all facts; 1 where one differs."""
    found = rebuilding.check()
    _print(found, as_json)
    if found:
        raise SystemExit(1)


@reputation.command("rebuild")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def rebuild_command(as_json: bool) -> None:
    """Write down what was missed, replay all facts and mend what differs."""
    _print(rebuilding.rebuild(), as_json)


@reputation.command("badges")
def badges_command() -> None:
    """Award badges, as the sweeper does, until nobody's wait any more."""
    while look_at_badges():
        pass
    click.echo(f"{count_standing()} badges stand")


def _print(found: Difference, as_json: bool) -> None:
    numbers = {
        "facts": found.facts,
        "entries": rebuilding.count_entries(),
        "missing_facts": found.missing_facts,
        "wrong_entries": len(found.wrong),
        "missing_entries": len(found.right),
        "totals": len(found.totals),
        "standings": len(found.standings),
    }
    if as_json:
        click.echo(json.dumps(numbers))
        return
    for name, number in numbers.items():
        click.echo(f"{name.replace('_', ' '):16}{number:12,}")
