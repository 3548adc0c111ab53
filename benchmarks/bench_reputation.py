"""What a vote costs with a short and with a long ledger, and how long a replay of it takes.

Each size has an empty SQLite database of its own, or the one whose address stands in
MIDTLINK_BENCH_DATABASE (it is emptied first). The facts are drawn as a hospital would make them:
few who help much, votes that are withdrawn, answers that are chosen, posts that are hidden.
"""

import argparse
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import delete, insert, text

from midtlink import clock, create_app
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Department, Person, Site
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.queries import get_post_to_change
from midtlink.questions.reacting import ALONE, set_reaction, withdraw_reaction
from midtlink.reputation.ledger.rebuilding import check, count_entries, rebuild
from midtlink.reputation.ledger.recording import FACTS
from midtlink.reputation.ledger.stored_book import LEDGER
from midtlink.reputation.models import AWAY, BACK, SET, WITHDRAWN

PEOPLE, DEPARTMENTS, POSTS = 9_000, 80, 60_000
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
SUBJECTS = ("helped",) * 12 + ("good",) * 4 + ("accepted",) * 3 + ("confirmed",)
#: What the ledger is held to: seconds of a replay of half a million facts, and how much dearer a
#: vote may be with the long ledger.
MOST_SECONDS, MOST_DEARER = 120, 1.2
BATCH = 5_000


def main() -> int:
    """Print both tables and say whether the bars hold."""
    options = _options()
    costs = [measured_votes(entries, options.votes) for entries in (1_000, options.entries)]
    dearer = costs[1] / costs[0]
    print(f"a vote with the long ledger costs {dearer:.2f} times as much (bar {MOST_DEARER})")
    seconds = measured_replay(options.facts)
    return int(dearer > MOST_DEARER or seconds > MOST_SECONDS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the long ledger")
    parser.add_argument("--facts", type=int, default=500_000, help="to replay")
    parser.add_argument("--votes", type=int, default=300, help="to measure")
    return parser.parse_args()


def measured_votes(entries: int, votes: int) -> float:
    """Print what votes cost beside so many entries; return the median's processor ms."""
    with site() as app, app.app_context():
        fill(entries)
        rebuild()
        found = count_entries()
        post_id, voters = thread(votes)
        took: dict[str, list[float]] = {"set": [], "turned": [], "withdrawn": []}
        for voter_id in voters:
            took["set"].append(pressed(post_id, voter_id, "helped"))
            took["turned"].append(pressed(post_id, voter_id, "failed"))
            took["withdrawn"].append(pressed(post_id, voter_id, "failed", wanted=False))
        for name, each in took.items():
            tail = statistics.quantiles(each, n=20)[-1]
            median = statistics.median(each)
            print(f"{found:12,} entries, a vote {name:10}{median:8.2f} ms p50{tail:8.2f} ms p95")
        return statistics.median(took["set"])


def measured_replay(facts: int) -> float:
    """Print how long replaying takes, with a whole ledger and with none; return the longer."""
    with site() as app, app.app_context():
        fill(facts)
        took = []
        for name, work in (("rebuild", rebuild), ("check", check), ("rebuild again", rebuild)):
            began = time.perf_counter(), time.process_time()
            found = work()
            seconds = time.perf_counter() - began[0]
            processor = time.process_time() - began[1]
            took.append(seconds)
            print(
                f"{name:14}{found.facts:10,} facts {count_entries():10,} entries"
                f"{seconds:8.1f} s{processor:8.1f} s of processor"
                f"{len(found.right):10,} mended (bar {MOST_SECONDS} s)",
                flush=True,
            )
        return max(took)


class site:  # noqa: N801 - reads as the function that it stands for
    """An application on an empty database of its own."""

    def __enter__(self) -> Any:
        self._folder = Path(tempfile.mkdtemp(prefix="midtlink-bench-"))
        uri = os.environ.get("MIDTLINK_BENCH_DATABASE") or f"sqlite:///{self._folder}/bench.db"
        app = create_app("test", INSTANCE=self._folder, SQLALCHEMY_DATABASE_URI=uri)
        with app.app_context():
            if uri.startswith("postgresql"):
                with db.engine.begin() as connection:
                    connection.execute(text("DROP SCHEMA public CASCADE"))
                    connection.execute(text("CREATE SCHEMA public"))
            upgrade()
        return app

    def __exit__(self, *_error: object) -> None:
        shutil.rmtree(self._folder)


def fill(number: int) -> None:
    """Store a hospital of people, and so many facts about posts that are not there."""

    def work() -> None:
        db.session.execute(insert(Site), [{"id": 1, "name": "Matriklen"}])
        places = range(1, DEPARTMENTS + 1)
        rows = [{"id": each, "name": f"Afdeling {each}", "site_id": 1} for each in places]
        db.session.execute(insert(Department), rows)
        people = [
            {
                "id": each,
                "username": f"p{each}",
                "name": f"Kollega {each}",
                "department_id": 1 + each % DEPARTMENTS,
                "created_at": FIRST,
            }
            for each in range(1, PEOPLE + 1)
        ]
        db.session.execute(insert(Person), people)
        rows = []
        for fact in drawn(number):
            rows.append(fact)
            if len(rows) == BATCH:
                db.session.execute(insert(FACTS), rows)
                rows = []
        if rows:
            db.session.execute(insert(FACTS), rows)
        if db.session.connection().dialect.name == "postgresql":
            for table in ("sites", "departments", "people"):
                sequence = text("SELECT setval(pg_get_serial_sequence(:table, 'id'), 100000)")
                db.session.execute(sequence, {"table": table})

    in_transaction(work)
    with db.engine.begin() as connection:
        connection.execute(delete(LEDGER))


def drawn(number: int) -> Iterator[dict[str, Any]]:
    """Yield the same facts on every run."""
    rng, standing, away = Random(11), [], []
    for place in range(number):
        at = FIRST + timedelta(seconds=120 * place * 500_000 / max(number, 1))
        chance = rng.random()
        if standing and chance < 0.06:
            yield standing.pop(rng.randrange(len(standing))) | {
                "kind": WITHDRAWN,
                "happened_at": at,
            }
        elif standing and chance < 0.065:
            away.append(rng.choice(standing)["post_id"])
            yield fact(rng, AWAY, away[-1], at)
        elif away and chance < 0.069:
            yield fact(rng, BACK, away.pop(0), at)
        else:
            post_id = 1 + int(POSTS * rng.random() ** 2)
            subject = rng.choice(SUBJECTS)
            made = fact(rng, SET, post_id, at, f"{subject}:{place}", subject)
            if len(standing) < 20_000:
                standing.append(made)
            yield made


def fact(
    rng: Random, kind: str, post_id: int, at: datetime, source: str = "", subject: str = ""
) -> dict[str, Any]:
    """A fact about a post, whose author is always the same."""
    helper_id = 1 + int(PEOPLE * Random(post_id).random() ** 4)
    asker_id, actor_id = rng.randint(1, PEOPLE), rng.randint(1, PEOPLE)
    if subject == "accepted":
        actor_id = asker_id
    return {
        "kind": kind,
        "source": source,
        "subject": subject,
        "post_id": 10**8 + post_id,
        "question_id": 10**8 + post_id,
        "helper_id": helper_id,
        "asker_id": asker_id,
        "actor_id": actor_id,
        "has_problem": rng.random() < 0.1,
        "happened_at": at,
        **place_of("helper", helper_id),
        **place_of("asker", asker_id),
        **place_of("actor", actor_id),
    }


def place_of(part: str, person_id: int) -> dict[str, Any]:
    """Where somebody works."""
    return {
        f"{part}_department_id": 1 + person_id % DEPARTMENTS,
        f"{part}_site_id": 1,
        f"{part}_profession": ("læge", "sygeplejerske", "portør")[person_id % 3],
    }


def thread(voters: int) -> tuple[int, list[int]]:
    """Ask and answer a question; return the answer's id and those who will vote."""
    asker, helper = db.session.get_one(Person, 1), db.session.get_one(Person, 2)
    question = in_transaction(
        lambda: ask(title="Hvordan signerer jeg?", tags=["epj", "notat"], by=asker)
    )
    reply = in_transaction(lambda: answer(question, body="Højreklik, og vælg Signér.", by=helper))
    return reply.id, list(range(100, 100 + voters))


def pressed(post_id: int, voter_id: int, kind: str, *, wanted: bool = True) -> float:
    """Vote as the page does; return the processor's milliseconds."""
    do = set_reaction if wanted else withdraw_reaction
    db.session.remove()
    voter = db.session.get_one(Person, voter_id)
    began = time.process_time()

    def work() -> None:
        do(get_post_to_change(post_id, by=voter, alone_in=ALONE), kind, by=voter)

    in_transaction(work)
    return (time.process_time() - began) * 1_000


if __name__ == "__main__":
    assert clock.now() > FIRST
    raise SystemExit(main())
