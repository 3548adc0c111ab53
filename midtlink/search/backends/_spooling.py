"""Documents kept in a file between the two times that a rebuild reads them."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from midtlink.search.analysis import normal
from midtlink.search.protocol import EVERYBODY, Document


class Spool:
    """A file that lives as long as a rebuild: first for counting words, then for indexing."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "documents.jsonl"
        self._last: dict[int, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._path.unlink(missing_ok=True)

    def words(self, documents: Iterable[Document]) -> Iterator[tuple[list[str], list[str]]]:
        """Keep the documents, and yield the words of each one's title and of the rest.

        Only of what everybody may see: the words decide for all how others are understood.
        """
        with self._path.open("w", encoding="ascii") as file:
            for number, document in enumerate(documents):
                self._last[document.id] = number
                file.write(json.dumps(_row(document)) + "\n")
                if EVERYBODY in document.labels:
                    rest = normal.words(document.body) + normal.words(document.answers)
                    yield normal.words(document.title), rest

    def documents(self) -> Iterator[Document]:
        """Yield what was kept; of two with one id the later."""
        with self._path.open(encoding="ascii") as file:
            for number, line in enumerate(file):
                document = _document(json.loads(line))
                if self._last[document.id] == number:
                    yield document


def _row(document: Document) -> list[object]:
    texts = [document.title, document.body, document.answers]
    return [document.id, document.version, *texts, sorted(document.labels), dict(document.numbers)]


def _document(row: list[Any]) -> Document:
    id, version, title, body, answers, labels, numbers = row
    return Document(id, version, title, body, answers, frozenset(labels), numbers)
