"""Emptying SQLite's write-ahead log, where a removed text would wait to be overwritten."""

from sqlalchemy import Engine

from midtlink.extensions import db
from midtlink.sweeper import lane


@lane("removed texts", every=60)
def empty_log() -> bool:
    """Write the log back into the database file and cut it to nothing (SQLite alone has one)."""
    if db.engine.dialect.name == "sqlite":
        _checkpoint(db.engine)
    return False


def _checkpoint(engine: Engine) -> None:
    db.session.rollback()
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
