"""Rows on their way in, in a temporary SQLite database that vanishes with its connection.

SQLite keeps a nameless database in a bounded cache and spills the rest to an unlinked file, so
that memory does not grow with a dump and nothing is left behind, not even by kill -9.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

Values = dict[str, Any]
CACHE_KIBIBYTES = 32_000


class Scratch:
    """One table a file: the row's id, what it is about, its kind, and its values."""

    def __init__(self, names: Iterable[str]) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self._db.execute(f"PRAGMA cache_size=-{CACHE_KIBIBYTES}")
        self._db.execute("PRAGMA journal_mode=OFF")
        self.names = list(names)
        for name in self.names:
            self._db.execute(
                f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, about INT, kind INT, row TEXT)"
            )
        self._db.execute("BEGIN")

    def close(self) -> None:
        """Let go of everything."""
        self._db.close()

    def add(self, name: str, key: int, about: int | None, kind: int | None, row: Values) -> bool:
        """Keep a row; False when one with its id is there already."""
        values = (key, about, kind, json.dumps(row))
        try:
            self._db.execute(f"INSERT INTO {name} VALUES (?, ?, ?, ?)", values)  # noqa: S608
        except sqlite3.IntegrityError:
            return False
        return True

    def index(self) -> None:
        """Make the rows quick to find by what they are about; call it once all are in."""
        for name in self.names:
            self._db.execute(f"CREATE INDEX {name}_about ON {name} (about)")
            self._db.execute(f"CREATE INDEX {name}_kind ON {name} (kind, id)")

    def drop(self, name: str, condition: str) -> int:
        """Forget the rows of a table for which an SQL condition holds; return how many."""
        return self._db.execute(f"DELETE FROM {name} WHERE {condition}").rowcount  # noqa: S608

    def pages(self, name: str, size: int, *, kind: int | None = None) -> Iterator[list[Values]]:
        """Yield all rows of a table (of one kind) by id, `size` at a time."""
        last = -(2**63)
        of_kind = "" if kind is None else f"kind = {int(kind)} AND "
        statement = f"SELECT id, row FROM {name} WHERE {of_kind} id > ? ORDER BY id LIMIT ?"  # noqa: S608
        while page := self._db.execute(statement, (last, size)).fetchall():
            last = page[-1][0]
            yield [json.loads(row) for _, row in page]

    def about(self, name: str, ids: Sequence[int]) -> dict[int, list[Values]]:
        """Return the rows that are about these ids, in the order of their own ids."""
        found: dict[int, list[Values]] = defaultdict(list)
        statement = f"SELECT about, row FROM {name} WHERE about IN (%s) ORDER BY id"  # noqa: S608
        for about, row in self._selected(statement, ids):
            found[about].append(json.loads(row))
        return found

    def by_id(self, name: str, ids: Iterable[int]) -> dict[int, Values]:
        """Return the rows that have these ids."""
        statement = f"SELECT id, row FROM {name} WHERE id IN (%s)"  # noqa: S608
        return {key: json.loads(row) for key, row in self._selected(statement, list(ids))}

    def known(self, name: str, ids: Iterable[int]) -> set[int]:
        """Return those of the ids that the table holds."""
        statement = f"SELECT id FROM {name} WHERE id IN (%s)"  # noqa: S608
        return {key for (key,) in self._selected(statement, list(ids))}

    def count(self, name: str, *, kind: int | None = None) -> int:
        """Return the number of rows of a table (of one kind)."""
        condition = "" if kind is None else f" WHERE kind = {int(kind)}"
        return int(self._db.execute(f"SELECT count(*) FROM {name}{condition}").fetchone()[0])  # noqa: S608

    def _selected(self, statement: str, ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(ids), 500):
            part = ids[start : start + 500]
            marks = ",".join("?" * len(part))
            yield from self._db.execute(statement % marks, part)
