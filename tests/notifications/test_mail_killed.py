"""F02: a sweeper that is killed while it sends loses no mail and doubles at most one."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager

from flask_migrate import upgrade
from sqlalchemy import delete

from midtlink import create_app
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.records import OutgoingMail
from midtlink.sweeper import Lease
from tests.browser.site import environment
from tests.notifications.post_office import PostOffice, listening
from tests.questions.threads import answered, asked, staff

COUNT = 8
#: At which mail the sweeper is killed, and when: it has named the recipient; the server has the
#: mail and has not said so; the server has said so, and the next mail begins.
KILLS = [(2, "RCPT"), (4, "DATA"), (6, "MAIL")]


class Deadly(PostOffice):
    """Kills the sweeper at the next of KILLS."""

    def __init__(self):
        super().__init__()
        self.kills, self.process = list(KILLS), None

    def _kill(self, command):
        if self.kills and self.kills[0] == (len(self.kept) + (command == "RCPT"), command):
            self.kills.pop(0)
            os.kill(self.process.pid, signal.SIGKILL)

    async def handle_MAIL(self, *given):
        self._kill("MAIL")
        return await super().handle_MAIL(*given)

    async def handle_RCPT(self, *given):
        self._kill("RCPT")
        return await super().handle_RCPT(*given)

    async def handle_DATA(self, *given):
        said = await super().handle_DATA(*given)
        self._kill("DATA")
        return said


@contextmanager
def hospital(folder):
    """A database with an answer for each of so many people to be mailed of."""
    uri = f"sqlite:///{folder}/midtlink.db"
    app = create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=uri)
    with app.app_context():
        upgrade()
        people = staff(COUNT)
        for person, other in zip(people, people[1:] + people[:1], strict=True):
            answered(asked(person), other)
        db.session.rollback()
        yield
        db.session.remove()
        db.engine.dispose()


@contextmanager
def sweeping(folder, port):
    """A sweeper in a process of its own."""
    mail = {"MAIL_HOST": "127.0.0.1", "MAIL_PORT": port, "MAIL_SECURITY": "none"}
    mail |= {"MAIL_FROM": "midtlink@hospital.example", "DATABASE_URL": "", "MAIL_TIMEOUT": 5}
    process = subprocess.Popen(
        [sys.executable, "-m", "midtlink", "sweep"], env=environment(folder, **mail)
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(is_so, seconds=90):
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.05)


def are_all_sent():
    db.session.rollback()
    mails = db.session.query(OutgoingMail).all()
    return len(mails) == COUNT and all(mail.state == "sent" for mail in mails)


def test_a_killed_sweeper_loses_none_and_doubles_at_most_the_one_in_flight(tmp_path):
    office = Deadly()
    with hospital(tmp_path), listening(office) as port:
        for _ in KILLS:
            with sweeping(tmp_path, port) as office.process:
                assert office.process.wait(timeout=90) == -signal.SIGKILL
            # What has died holds its lanes for some minutes.
            in_transaction(lambda: db.session.execute(delete(Lease)))
        with sweeping(tmp_path, port) as office.process:
            wait_until(are_all_sent)
        ids = {f"<{mail.message_id}>" for mail in db.session.query(OutgoingMail)}
    arrived = Counter(message["Message-ID"] for message in office.messages())
    assert set(arrived) == ids
    assert sorted(arrived.values()) == [1] * (COUNT - 1) + [2]
