"""Reading a staff list: a CSV file as a personnel system, or Excel, writes it.

UTF-8 (with or without a byte order mark), UTF-16 or Windows-1252; `;`, `,` or a tab between the
columns; one person a line. The first line names the columns, in Danish or English.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_LINE = 10_000
COLUMNS = {
    "username": ("username", "brugernavn", "bruger", "brugerid", "bruger-id", "initialer"),
    "name": ("name", "navn", "fulde navn", "full name"),
    "email": ("email", "e-mail", "mail", "e-mailadresse"),
    "title": ("title", "titel", "stilling"),
    "profession": ("profession", "faggruppe"),
    "department": ("department", "afdeling"),
    "site": ("site", "matrikel", "lokation"),
    "phone": ("phone", "telefon", "tlf", "tlf."),
    "language": ("language", "sprog"),
}
NAMES = {name: column for column, names in COLUMNS.items() for name in names}
NEEDED = ("username", "name")
#: Byte order marks, and what is tried without one.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
ENCODINGS = ("utf-8", "cp1252")


class BadStaffList(ValueError):
    """The file as a whole cannot be read; the message says why, without quoting it."""


class BadLine(ValueError):
    """A line cannot be read."""


@dataclass(frozen=True)
class Line:
    """A line: its number in the file, and its texts by column or the reason it has none."""

    number: int
    texts: dict[str, str]
    refused: str = ""


@dataclass(frozen=True)
class StaffList:
    """A list's lines, and the headings that mean nothing to us (as column numbers)."""

    lines: list[Line]
    unknown_columns: list[int]


def read_staff_list(content: bytes) -> StaffList:
    """Return the lines of a staff list. Raises BadStaffList."""
    numbered = [
        (number, line)
        for number, line in enumerate(re.split(r"\r\n|\r|\n", _decode(content)), start=1)
        if line.strip(" \t;,")
    ]
    if not numbered:
        raise BadStaffList("the file is empty")
    heading = numbered[0][1]
    delimiter = max(";,\t", key=heading.count)
    columns = _read_heading(heading, delimiter)
    lines = list(_read_lines(numbered[1:], columns, delimiter))
    unknown = [place for place, column in enumerate(columns, start=1) if not column]
    return StaffList(lines, unknown)


def _decode(content: bytes) -> str:
    marked = [encoding for mark, encoding in MARKS if content.startswith(mark)]
    for encoding in marked or ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadStaffList("the file is neither UTF-8 nor Windows-1252 text")


def _read_heading(heading: str, delimiter: str) -> list[str]:
    try:
        cells = _split(heading, delimiter)
    except BadLine as error:
        raise BadStaffList(f"the heading cannot be read: {error}") from None
    columns = [NAMES.get(" ".join(cell.casefold().split()), "") for cell in cells]
    for column in NEEDED:
        if column not in columns:
            raise BadStaffList(f'no column "{column}" ({", ".join(COLUMNS[column])})')
    known = [column for column in columns if column]
    if len(known) != len(set(known)):
        raise BadStaffList("two columns have the same meaning")
    return columns


def _read_lines(
    numbered: list[tuple[int, str]], columns: list[str], delimiter: str
) -> Iterator[Line]:
    for number, line in numbered:
        try:
            cells = _split(line, delimiter)
        except BadLine as error:
            yield Line(number, {}, str(error))
            continue
        if any(cell.strip() for cell in cells[len(columns) :]):
            yield Line(number, {}, "more fields than the heading has")
            continue
        cells += [""] * (len(columns) - len(cells))
        yield Line(number, {name: cells[i] for i, name in enumerate(columns) if name})


def _split(line: str, delimiter: str) -> list[str]:
    if len(line) > LONGEST_LINE:
        raise BadLine(f"longer than {LONGEST_LINE} characters")
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True))
    except csv.Error:
        raise BadLine("quotation marks that do not match") from None
