"""One row in every table, made from the tables themselves, for tests of the schema."""

from datetime import UTC, date, datetime

from sqlalchemy import Boolean, Date, DateTime, Float, Integer, String

from midtlink.extensions import db

VALUES = {
    Boolean: True,
    DateTime: datetime(2026, 1, 2, 3, 4, tzinfo=UTC),
    Date: date(2026, 1, 2),
    Float: 0.5,
    Integer: 1,
}


def one_row_in_every_table():
    """Insert a row with id 1 everywhere; every reference points at the row with id 1."""
    with db.engine.begin() as connection:
        for table in db.metadata.sorted_tables:
            connection.execute(table.delete())
            connection.execute(table.insert(), {c.name: _value(c) for c in table.columns})


def _value(column):
    if column.foreign_keys:
        return 1
    if isinstance(column.type, String):
        return "question"[: column.type.length] if column.name == "kind" else "x"
    impl = getattr(column.type, "impl", column.type)
    for kind, value in VALUES.items():
        if isinstance(impl, kind) or isinstance(column.type, kind):
            return value
    return {}
