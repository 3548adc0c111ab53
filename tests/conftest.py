"""What every test can ask for: an application on a clean database, a cast, a visitor, the clock."""

import os
from datetime import UTC, datetime, timedelta

import pytest

from midtlink import clock as the_clock
from midtlink.extensions import db
from midtlink.search.engine import engine
from midtlink.search.indexing import index_waiting
from tests.world.cast import Cast
from tests.world.databases import application, wipe
from tests.world.visit import Visitor

POSTGRES = os.environ.get("MIDTLINK_TEST_POSTGRES", "")


def pytest_configure(config):
    config.addinivalue_line("markers", "both_databases: runs on SQLite and on PostgreSQL")
    config.addinivalue_line("markers", "long: only with `make test-long`")


def pytest_generate_tests(metafunc):
    if metafunc.definition.get_closest_marker("both_databases"):
        missing = pytest.mark.skipif(not POSTGRES, reason="MIDTLINK_TEST_POSTGRES holds no DSN")
        kinds = ["sqlite", pytest.param("postgresql", marks=missing)]
        metafunc.parametrize("database", kinds, indirect=True)


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    for reason in sorted({report.longrepr[2] for report in skipped if report.longrepr}):
        count = sum(report.longrepr[2] == reason for report in skipped)
        terminalreporter.write_line(f"!!! {count} tests SKIPPED: {reason}", red=True, bold=True)


def pytest_sessionfinish(session, exitstatus):
    """Where nothing may be skipped, a skipped test fails the run."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    is_strict = bool(os.environ.get("MIDTLINK_NOTHING_SKIPPED"))
    if is_strict and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture
def database(request):
    """Which database the test runs on."""
    return getattr(request, "param", "sqlite")


@pytest.fixture
def app(database):
    """The application, inside its context, on an empty migrated database."""
    app = application(database)
    with app.app_context():
        yield app
        wipe()


@pytest.fixture
def cast(app):
    """The people of the tests (tests/world/cast.py)."""
    return Cast()


@pytest.fixture
def visit(app):
    """A browser without JavaScript that checks every page it is given."""
    return Visitor(app)


@pytest.fixture
def index(app):
    """An empty search index beside the empty database."""
    engine().clear()
    yield engine()
    engine().clear()


@pytest.fixture
def caught_up(index):
    """Bring the search index up to the database."""

    def work():
        while index_waiting():
            pass
        db.session.rollback()

    return work


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands at a Wednesday night and moves when told."""

    class Clock:
        moment = datetime(2026, 11, 18, 22, 40, tzinfo=UTC)

        def __call__(self):
            return self.moment

        def forward(self, **spans):
            self.moment += timedelta(**spans)

    stopped = Clock()
    monkeypatch.setattr(the_clock, "now", stopped)
    return stopped
