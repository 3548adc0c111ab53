"""Make the rows of a table what they should be: drop what is not wanted, add what is missing."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, delete, insert, select, tuple_, update

from midtlink.extensions import db
from midtlink.importing.report import Report

Item = TypeVar("Item")
Values = dict[str, Any]
#: Values named in one statement: SQLite takes no more than 32,766.
MOST_NAMED = 5_000


def converge(
    table: Table,
    names: Sequence[str],
    wanted: Iterable[Values],
    scope: ColumnElement[bool],
    report: Report,
) -> bool:
    """Let the scope hold the wanted rows and no other; say whether anything changed.

    Rows are the same when the named columns are; a row that stays keeps its id.
    """
    key = list(table.primary_key.columns)
    statement = select(*key, *(table.c[name] for name in names)).where(scope)
    stored = {tuple(row[len(key) :]): row[: len(key)] for row in db.session.execute(statement)}
    by_values = {tuple(row[name] for name in names): row for row in wanted}
    gone = [at for values, at in stored.items() if values not in by_values]
    added = [row for values, row in by_values.items() if values not in stored]
    for keys in parts(gone):
        rows = key[0].in_([at[0] for at in keys]) if len(key) == 1 else tuple_(*key).in_(keys)
        db.session.execute(delete(table).where(rows))
    for part in parts(added):
        db.session.execute(insert(table), part)
    report.wrote(f"{table.name} removed", len(gone))
    report.wrote(f"{table.name} added", len(added))
    return bool(gone or added)


def update_rows(table: Table, stored: dict[int, Values], wanted: dict[int, Values]) -> list[int]:
    """Write the wanted values, by id, where they differ from what is stored; return the ids."""
    changes: dict[tuple[str, ...], list[Values]] = {}
    for at, values in wanted.items():
        changed = {name: value for name, value in values.items() if stored[at][name] != value}
        if changed:
            changes.setdefault(tuple(changed), []).append({"_at": at} | changed)
    for names, rows in changes.items():
        statement = update(table).where(table.c.id == bindparam("_at"))
        db.session.execute(statement.values({name: bindparam(name) for name in names}), rows)
    return [row["_at"] for rows in changes.values() for row in rows]


def parts(items: Iterable[Item], size: int = MOST_NAMED) -> Iterator[list[Item]]:
    """Yield the items in lists of at most `size`."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part
