"""How long 9,000 weekly digests take to prepare and to write, in how much memory.

With --send they are then sent to a real server on this machine, and beside them now and then a
mail that somebody waits for, which takes minutes. SQLite, or the database whose address stands in
MIDTLINK_BENCH_DATABASE (it is emptied first). The week is stored by a process of its own, so that
its memory does not count.
"""

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from flask import Flask, current_app
from flask_migrate import upgrade
from sqlalchemy import func, select, text
from sqlalchemy.orm import joinedload

from benchmarks.digest_hospital import PEOPLE, fill
from midtlink import clock, create_app
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.mail.composing import compose
from midtlink.notifications.mail.queueing import Planned, queue
from midtlink.notifications.mail.rules import NOTICE, SENT_AT_ONCE
from midtlink.notifications.mail.sending import send_waiting
from midtlink.notifications.mail.writing import Writer
from midtlink.notifications.models import Notice
from midtlink.notifications.records import SENT, OutgoingMail
from midtlink.notifications.sweeping import make_digests

#: What digests are held to: seconds of one processor and megabytes for all, and seconds that a mail
#: beside them may wait.
MOST_SECONDS, MOST_MEGABYTES, LONGEST_WAIT = 60, 300, 60
MAIL = {
    "MAIL_HOST": "127.0.0.1",
    "MAIL_SECURITY": "none",
    "MAIL_FROM": "midtlink@hospital.example",
    "BASE_URL": "https://midtlink.example",
}
#: A mail that somebody waits for is made after so many steps of the lane.
STEPS_BETWEEN = 10


class Counter:
    """A mail server that counts what it is sent."""

    def __init__(self) -> None:
        self.count = 0

    async def handle_DATA(self, *_given: Any) -> str:  # noqa: N802 - the server calls it so
        """Take a mail."""
        self.count += 1
        return "250 OK"


def main() -> int:
    """Print the figures and say whether the bars hold."""
    folder = Path(tempfile.mkdtemp(prefix="midtlink-bench-"))
    uri = os.environ.get("MIDTLINK_BENCH_DATABASE") or f"sqlite:///{folder}/bench.db"
    try:
        subprocess.run([sys.executable, __file__, "--fill", uri, str(folder)], check=True)
        with application(uri, folder).app_context():
            return measured()
    finally:
        shutil.rmtree(folder)


def application(uri: str, folder: Path) -> Flask:
    """Make an application that mails."""
    return create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=uri, **MAIL)


def stored(uri: str, folder: Path) -> None:
    """Store the week in an empty database."""
    with application(uri, folder).app_context():
        if uri.startswith("postgresql"):
            with db.engine.begin() as connection:
                connection.execute(text("DROP SCHEMA public CASCADE"))
                connection.execute(text("CREATE SCHEMA public"))
        upgrade()
        fill()


def measured() -> int:
    """Measure preparing, writing and sending."""
    began = time.perf_counter(), time.process_time()
    while make_digests():
        pass
    prepared = time.perf_counter()
    size = written()
    seconds, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    made = db.session.scalar(select(func.count(OutgoingMail.id)))
    print(
        f"{made:,} digests: {prepared - began[0]:.1f} s prepared, {seconds:.1f} s with writing"
        f" ({processor:.1f} s of processor, bar {MOST_SECONDS} s), {megabytes:.0f} MB at most"
        f" (bar {MOST_MEGABYTES} MB), {size / made / 1024:.1f} kB each",
        flush=True,
    )
    longest = sent_beside() if "--send" in sys.argv else 0
    return int(
        made < PEOPLE * 0.99
        or processor > MOST_SECONDS
        or megabytes > MOST_MEGABYTES
        or longest > LONGEST_WAIT
    )


def written() -> int:
    """Write every digest as the lane does, and return the bytes of all."""
    size, last = 0, 0
    while True:
        some = select(OutgoingMail).where(OutgoingMail.id > last).order_by(OutgoingMail.id)
        people = joinedload(OutgoingMail.person)
        mails = db.session.scalars(some.limit(SENT_AT_ONCE).options(people)).all()
        if not mails:
            return size
        writer, last = Writer(mails), mails[-1].id
        for mail in mails:
            found = writer.write(mail)
            assert found is not None
            to = str(mail.person.email)
            size += len(bytes(compose(found.letter, to=to, message_id=mail.message_id)))
        db.session.remove()


def sent_beside() -> float:
    """Send all, and now and then a mail that somebody waits for; return the longest wait."""
    office, waits, steps = Counter(), {}, 0
    controller = Controller(office, hostname="127.0.0.1", port=8026)
    controller.start()
    current_app.config["MAIL_PORT"] = 8026
    began = time.perf_counter()
    more = True
    while more:
        if steps % STEPS_BETWEEN == 0:
            waits[in_transaction(lambda: noticed(steps))] = clock.now()  # noqa: B023
        steps += 1
        more = send_waiting()
        db.session.remove()
    controller.stop()
    seconds = time.perf_counter() - began
    sent = db.session.execute(select(OutgoingMail).where(OutgoingMail.id.in_(waits))).scalars()
    took = [(mail.ended_at - waits[mail.id]).total_seconds() for mail in sent if mail.ended_at]
    count = db.session.scalar(select(func.count()).where(OutgoingMail.state == SENT))
    print(
        f"{count:,} mails sent in {seconds:.0f} s; the {len(took)} beside the digests waited"
        f" {statistics.median(took):.1f} s (p50), {max(took):.1f} s at most"
        f" (bar {LONGEST_WAIT} s)"
    )
    return max(took)


def noticed(number: int) -> int:
    """Tell somebody of something at once; return the id of the mail."""
    person_id = 1 + (number * 97) % PEOPLE
    planned = Planned(f"notice:bench:{number}", person_id, NOTICE, clock.now(), 1)
    mail_id = queue([planned])[planned.key]
    notice = Notice(
        person_id=person_id,
        kind="answer",
        matter=f"now:{number}",
        question_id=1,
        post_id=1,
        reason="asked",
        happened_at=clock.now(),
        routed_at=clock.now(),
        mail_id=mail_id,
    )
    db.session.add(notice)
    return mail_id


if __name__ == "__main__":
    if "--fill" in sys.argv:
        stored(sys.argv[2], Path(sys.argv[3]))
        sys.exit()
    raise SystemExit(main())
