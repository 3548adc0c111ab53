"""The threads that are written out in threads/*.toml."""

import tomllib
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from midtlink.demo.hospital import HERE


@dataclass(frozen=True)
class WrittenAnswer:
    """An answer, the profession of who gives it, and what others make of it."""

    text: str
    by: str
    helped: int = 0
    failed: int = 0
    accepted: bool = False
    confirmed: bool = False
    comments: tuple[str, ...] = ()


@dataclass(frozen=True)
class WrittenThread:
    """A question with its answers. `asker` is a profession."""

    key: str
    title: str
    body: str
    system: str
    tags: tuple[str, ...]
    asker: str
    same_problem: int = 0
    comments: tuple[str, ...] = ()
    answers: tuple[WrittenAnswer, ...] = field(default=())
    closed: str = ""
    duplicate_of: str = ""


@cache
def read_threads() -> tuple[WrittenThread, ...]:
    """Return every written thread, in the order of their files' names."""
    rows: list[dict[str, Any]] = []
    for path in sorted((HERE / "threads").glob("*.toml")):
        rows += tomllib.loads(path.read_text("utf-8"))["thread"]
    return tuple(_thread(row) for row in rows)


def _thread(row: dict[str, Any]) -> WrittenThread:
    answers = tuple(
        WrittenAnswer(**answer | {"comments": tuple(answer.get("comments", ()))})
        for answer in row.get("answers", ())
    )
    lists = {name: tuple(row.get(name, ())) for name in ("tags", "comments")}
    return WrittenThread(**row | lists | {"answers": answers})
