"""How soon a post is found after it is saved: a sweeper of its own process, a reader of another.

Fills a database in a new folder with the demo hospital, starts `midtlink sweep`, asks questions
one after the other and looks for each until it is found. Prints milliseconds.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time

from flask_migrate import upgrade

from midtlink import create_app
from midtlink.demo.commands import fill_if_empty
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.asking import ask
from midtlink.search.finding import search
from midtlink.search.indexing import build_if_missing

POSTS = 200
PATIENCE = 30.0
SYLLABLES = ("ba", "de", "fi", "go", "hu", "ky", "la", "me", "ni", "po", "ru", "sy")


def word(number: int) -> str:
    """Return a word that stands nowhere else."""
    parts = []
    for _ in range(5):
        number, rest = divmod(number, len(SYLLABLES))
        parts.append(SYLLABLES[rest])
    return "qv" + "".join(parts)


def seconds_until_found(wanted: str, people: list[Person], number: int) -> float:
    """Ask a question with the word in it and return how long it takes until it is found."""
    asker, reader = people[number % len(people)], people[(number + 1) % len(people)]
    in_transaction(lambda: ask(title=f"Hvad betyder {wanted} i journalen?", by=asker))
    saved = time.perf_counter()
    while time.perf_counter() < saved + PATIENCE:
        db.session.rollback()
        if search(wanted, by=reader, has_facets=False).total == 1:
            return time.perf_counter() - saved
        time.sleep(0.01)
    raise SystemExit(f"{wanted} was not found in {PATIENCE} s")


def measure() -> list[float]:
    """Return the seconds of every post, sorted."""
    people = list(db.session.query(Person).filter_by(is_active=True).limit(POSTS))
    seconds_until_found(word(POSTS), people, 0)  # The sweeper may still be starting.
    seconds = []
    for number in range(POSTS):
        seconds.append(seconds_until_found(word(number), people, number))
        time.sleep(0.037)  # Out of step with the sweeper's looks.
    return sorted(seconds)


def main() -> None:
    """Measure in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="midtlink-freshness-") as folder:
        environment = os.environ | {"MIDTLINK_INSTANCE": folder, "MIDTLINK_ENV": "development"}
        app = create_app("development", INSTANCE=folder)
        with app.app_context():
            upgrade()
            fill_if_empty()
            build_if_missing()
            command = [sys.executable, "-m", "midtlink", "sweep"]
            sweeper = subprocess.Popen(command, env=environment)
            try:
                seconds = measure()
            finally:
                sweeper.terminate()
                sweeper.wait()
            db.session.remove()
            db.engine.dispose()
    p95 = seconds[int(len(seconds) * 0.95) - 1]
    print(f"{POSTS} posts, found after they were saved (asked: p95 <= 2,000 ms)")
    print(f"p50 {statistics.median(seconds) * 1000:,.0f} ms")
    print(f"p95 {p95 * 1000:,.0f} ms")
    print(f"max {seconds[-1] * 1000:,.0f} ms")


if __name__ == "__main__":
    main()
