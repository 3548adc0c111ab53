"""What it costs to say that nothing is new: the header's number, asked for every minute."""

import statistics
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from midtlink import clock, create_app
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.models import Notice
from tests.world.cast import make_person
from tests.world.visit import Visitor

#: Notices that the person has, and requests in each of the rounds.
NOTICES, REQUESTS, ROUNDS = 2_000, 300, 7


def main() -> None:
    """Print the processor time of a 304, and of a page that is no more than the frame."""
    folder = Path(tempfile.mkdtemp(prefix="midtlink-polling-"))
    app = create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=f"sqlite:///{folder}/x.db")
    with app.app_context():
        upgrade()
        person = make_person("anne", "Anne", "sygeplejerske", "Akutafdelingen")
        in_transaction(lambda: _fill(person))
        client = Visitor(app).client(person)
        db.session.remove()
    known = {"If-None-Match": client.get("/beskeder/antal").headers["ETag"]}
    polls = [_milliseconds(client, "/beskeder/antal", known, 304) for _ in range(ROUNDS)]
    pages = [_milliseconds(client, "/point", {}, 200) for _ in range(ROUNDS)]
    print(
        f"304 of /beskeder/antal, {NOTICES} notices: {statistics.median(polls):.2f} ms of processor"
    )
    print(f"a page for comparison: {statistics.median(pages):.2f} ms of processor")


def _fill(person: object) -> None:
    moment = clock.now()
    db.session.add_all(
        Notice(
            person_id=person.id,
            kind="badge",
            matter=f"badge:{number}",
            reason="earned",
            happened_at=moment,
            read_at=moment if number % 20 else None,
        )
        for number in range(NOTICES)
    )


def _milliseconds(client: object, path: str, headers: dict[str, str], status: int) -> float:
    started = time.process_time()
    for _ in range(REQUESTS):
        assert client.get(path, headers=headers, buffered=True).status_code == status
    return (time.process_time() - started) / REQUESTS * 1000


if __name__ == "__main__":
    main()
