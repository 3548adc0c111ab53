"""An import that is killed goes on where it was; its helper may die without anybody noticing."""

import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import create_engine, func, select

from midtlink.extensions import db
from midtlink.importing.bulk import helping, rendering, tables
from midtlink.importing.bulk.helping import Helper
from midtlink.importing.stackexchange import import_dump
from tests.importing.conftest import new_app
from tests.importing.contents import contents, differences
from tests.importing.dumps import CONLANG, needs_data

TEXTS = [(f"<p>{number} <b>på gulvet</b></p>", "html") for number in range(60)]


def start_import(app, folder):
    """Start the command in a process of its own, on the application's database."""
    environment = os.environ | {
        "MIDTLINK_ENV": "development",
        "MIDTLINK_INSTANCE": str(app.config["INSTANCE"]),
        "DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
    }
    command = [sys.executable, "-m", "midtlink", "import", "stackexchange", str(folder)]
    return subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)


def wait_for_rows(app, table):
    """Wait until the other process has saved something."""
    engine = create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.scalar(select(func.count()).select_from(table)):
                break
        time.sleep(0.02)
    engine.dispose()


@needs_data
@pytest.mark.both_databases
def test_an_import_that_was_killed_is_finished_by_the_next(database, tmp_path):
    app = new_app(tmp_path, database, "killed")
    running = start_import(app, CONLANG)
    wait_for_rows(app, tables.posts)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=60)
    with app.app_context():
        report = import_dump(CONLANG)
        finished = contents()
        db.session.remove()
        db.engine.dispose()
    fresh = new_app(tmp_path, "sqlite", "fresh")
    with fresh.app_context():
        import_dump(CONLANG)
        assert differences(finished, contents()) == {}
        db.session.remove()
    assert report.unaccounted() == {}


def test_a_helper_renders_as_one_process_alone_does():
    with Helper() as helper:
        together = helper.render_all(TEXTS)
    alone = {text: together.show(*text) for text in TEXTS}
    assert together.texts == alone
    assert together.texts[TEXTS[7]].html == "<p>7 <strong>på gulvet</strong></p>"


def test_a_dead_helper_is_not_missed():
    with Helper() as helper:
        helper._process.kill()
        helper._process.wait(timeout=60)
        assert len(helper.render_all(TEXTS).texts) == len(TEXTS)
        assert len(helper.render_all(TEXTS).texts) == len(TEXTS)


def test_a_helper_that_dies_over_its_work_is_not_missed(monkeypatch):
    def show_and_kill(*text):
        helper._process.kill()
        return rendering.show(*text)

    monkeypatch.setattr(helping, "show", show_and_kill)
    with Helper() as helper:
        helper._process.send_signal(signal.SIGSTOP)
        together = helper.render_all(TEXTS)
    assert together.texts == {text: rendering.show(text) for text in TEXTS}
