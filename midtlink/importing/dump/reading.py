"""Read the rows of a dump's XML file as a stream, wherever in the file the trouble sits."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser

from midtlink.importing.refusing import BadImport

CHUNK = 64 * 1024


class Row(NamedTuple):
    """One row of a file: the line it begins on and its attributes."""

    line: int
    values: dict[str, str]


def read_rows(path: Path, root: str, told: Callable[[int], None]) -> Iterator[Row]:
    """Yield the rows of `<root><row .../>...</root>`; `told` hears the bytes that were read.

    Memory does not grow with the file. Raises BadImport for a file that is cut off, is not this
    kind of file, or declares a document type or entities, which no dump does.
    """
    handler = _Rows(path, root)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    handler.line = parser.getLineNumber
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                parser.feed(chunk)
                told(len(chunk))
                yield from handler.take()
        parser.close()
    except SAXParseException as error:
        raise BadImport(error.getMessage(), path=path, line=error.getLineNumber()) from error
    except DefusedXmlException as error:
        problem = "a document type or entity declaration, which no dump holds"
        raise BadImport(problem, path=path, line=parser.getLineNumber()) from error
    except OSError as error:
        raise BadImport(error.strerror or str(error), path=path) from error
    if not handler.has_begun:
        raise BadImport(f"empty, where <{root}> was expected", path=path, line=1)
    yield from handler.take()


class _Rows(ContentHandler):
    def __init__(self, path: Path, root: str) -> None:
        super().__init__()
        self.path, self.root = path, root
        self.depth = 0
        self.has_begun = False
        self.rows: list[Row] = []
        self.line: Callable[[], int | None] = lambda: None

    def take(self) -> list[Row]:
        rows, self.rows = self.rows, []
        return rows

    def startElement(self, name: str, attrs: object) -> None:  # noqa: N802 - named by SAX
        line = self.line() or 0
        expected = self.root if self.depth == 0 else "row"
        if name != expected or self.depth > 1:
            problem = f"<{name[:40]}> where <{expected}> was expected"
            raise BadImport(problem, path=self.path, line=line)
        if self.depth == 1:
            self.rows.append(Row(line, dict(attrs.items())))  # type: ignore[attr-defined]
        self.depth += 1
        self.has_begun = True

    def endElement(self, name: str) -> None:  # noqa: N802 - named by SAX
        self.depth -= 1
