"""Applications for the tests, one for each database, made once; every test gets empty tables."""

import os
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from flask_migrate import upgrade
from sqlalchemy import create_engine, make_url, text

from midtlink import create_app
from midtlink.database import WRITING
from midtlink.extensions import db
from midtlink.search.engine import engine

#: What keeps the journal from being changed, also by tests.
GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
#: Lets every sequence begin anew that has given a number.
USED_SEQUENCES = (
    "SELECT setval(format('%I.%I', schemaname, sequencename), 1, false) "
    "FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
)


@cache
def application(kind):
    """Return the application on SQLite or PostgreSQL, its database and its index empty."""
    folder = Path(tempfile.mkdtemp(prefix="midtlink-tests-"))
    uri = f"sqlite:///{folder}/test.db" if kind == "sqlite" else empty_postgres()
    app = create_app("test", INSTANCE=folder, SQLALCHEMY_DATABASE_URI=uri)
    with app.app_context():
        upgrade()
        wipe()
        engine().clear()
    return app


def empty_postgres():
    """Empty the database that MIDTLINK_TEST_POSTGRES names and return its address.

    Where several processes share the tests, each has a database of its own beside it.
    """
    uri = os.environ["MIDTLINK_TEST_POSTGRES"]
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        return extra_postgres(worker)
    with _administering(uri) as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    return uri


def extra_postgres(purpose):
    """Make an empty database beside the named one and return its address."""
    uri = make_url(os.environ["MIDTLINK_TEST_POSTGRES"])
    worker = os.environ.get("PYTEST_XDIST_WORKER", purpose)
    name = "_".join(dict.fromkeys((str(uri.database), worker, purpose)))
    with _administering(uri) as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
        # A lock that nobody gives back fails the test that waits for it, and stops nothing else.
        connection.execute(text(f'ALTER DATABASE "{name}" SET lock_timeout = 60000'))
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    return uri.set(database=name).render_as_string(hide_password=False)


@contextmanager
def _administering(uri):
    engine = create_engine(uri, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield connection
    engine.dispose()


def wipe():
    """Empty every table, and forget what the session knew."""
    db.session.remove()
    tables = [table.name for table in reversed(db.metadata.sorted_tables)]
    with db.engine.execution_options(**{WRITING: True}).begin() as connection:
        if db.engine.dialect.name == "postgresql":
            _wipe_postgres(connection, tables)
        else:
            _wipe_sqlite(connection, tables)
    db.session.remove()


def _wipe_postgres(connection, tables):
    """Delete what is there: truncating every table takes fifty times as long."""
    held = " UNION ALL ".join(
        f"SELECT '{name}' WHERE EXISTS (SELECT FROM {name})" for name in tables
    )
    filled = set(connection.scalars(text(held)))
    connection.execute(text("SET LOCAL session_replication_role = replica"))
    for name in tables:
        if name in filled:
            connection.execute(text(f"DELETE FROM {name}"))
    connection.execute(text(USED_SEQUENCES))


def _wipe_sqlite(connection, tables):
    connection.execute(text("PRAGMA defer_foreign_keys=ON"))
    guards = connection.execute(text(GUARDS)).all()
    for name, _ in guards:
        connection.execute(text(f"DROP TRIGGER {name}"))
    for name in tables:
        connection.execute(text(f"DELETE FROM {name}"))
    for _, statement in guards:
        connection.execute(text(statement))
    connection.execute(text("DELETE FROM sqlite_sequence"))
