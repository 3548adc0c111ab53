"""Read questions that stand as JSON objects, one a line, and say of each bad line what is wrong."""

import gzip
import hashlib
import json
import unicodedata
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from midtlink import clock
from midtlink.importing import rules
from midtlink.importing.refusing import BadImport
from midtlink.refusals import Refused
from midtlink.texts import FORBIDDEN, is_blank
from midtlink.topics.rules import LONGEST_TAG, split_tags, tag_name

Values = dict[str, Any]
GZIP = b"\x1f\x8b"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
#: Bytes of one line; a longer one is not read to its end.
LONGEST_LINE = 8_000_000
LONGEST_KEY = 60
TEXTS = ("title", "body", "author", "system", "created")


def read_lines(path: Path, told: Callable[[int], None]) -> Iterator[tuple[int, str | None]]:
    """Yield the numbers and texts of the lines that hold anything; None for what is not UTF-8."""
    try:
        with path.open("rb") as raw, _unpacked(raw) as file:
            at = 0
            for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), start=1):
                told(raw.tell() - at)
                at = raw.tell()
                text = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
                if text.strip():
                    yield number, _decoded(text)
    except (OSError, EOFError, zlib.error) as error:
        raise BadImport(str(error), path=path) from error


def read_question(line: str | None, systems: dict[str, str]) -> Values:
    """Return a line as title, body, answers, tags, key, system, author and created.

    `systems` gives a system's slug by each of its names, folded. Raises ValueError in words.
    """
    given = _parsed(line)
    row: Values = {name: _text(name, given.get(name)) for name in TEXTS}
    row["answers"] = [_text("answers", each) for each in _listed("answers", given.get("answers"))]
    row["answers"] = [each for each in row["answers"] if not is_blank(each)]
    row["tags"] = _tags(given.get("tags"))
    if is_blank(row["title"]) and is_blank(row["body"]):
        raise ValueError("neither title nor body")
    if row["system"]:
        row["system"] = _system(row["system"], systems)
    if row["created"]:
        row["created"] = _moment(row["created"]).isoformat()
    row["key"] = _key(given.get("id"), row)
    return row


def _unpacked(raw: BinaryIO) -> BinaryIO:
    is_packed = raw.read(len(GZIP)) == GZIP
    raw.seek(0)
    return cast(BinaryIO, gzip.GzipFile(fileobj=raw)) if is_packed else raw


def _decoded(line: bytes) -> str | None:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return None


def _parsed(line: str | None) -> Values:
    if line is None:
        raise ValueError("not UTF-8")
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("not JSON") from error
    if not isinstance(given, dict):
        raise ValueError("not a JSON object")
    return given


def _text(name: str, given: object) -> str:
    if given is None:
        return ""
    if not isinstance(given, str):
        raise ValueError(f"{name} is not a text")
    if len(given) > rules.LONGEST_TEXT:
        raise ValueError(f"{name} is longer than {rules.LONGEST_TEXT} characters")
    lines = given.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", FORBIDDEN.sub("", lines)).strip("\n").rstrip()


def _listed(name: str, given: object) -> list[Any]:
    if given is None or given == "":
        return []
    # A single text stands for a list of one.
    if isinstance(given, str) and name == "answers":
        return [given]
    if not isinstance(given, list):
        raise ValueError(f"{name} is not a list of texts")
    return given


def _tags(given: object) -> list[str]:
    typed = [_text("tags", each) for each in _listed("tags", given)]
    try:
        return [tag_name(name) for each in typed for name in split_tags(each)]
    except Refused as error:
        raise ValueError(f"tags has a name longer than {LONGEST_TAG} characters") from error


def _system(named: str, systems: dict[str, str]) -> str:
    slug = systems.get(named.strip().casefold())
    if slug is None:
        raise ValueError("system is not one that there is here")
    return slug


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
        local = moment.replace(tzinfo=clock.HOSPITAL_TIME) if moment.tzinfo is None else moment
        return local.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError("created is not a date or time such as 2024-05-17T08:30") from error


def _key(given: object, row: Values) -> str:
    if given is None:
        content = json.dumps([row["title"], row["body"], row["answers"]])
        return f"sha256:{hashlib.sha256(content.encode()).hexdigest()[:40]}"
    if isinstance(given, bool) or not isinstance(given, int | str):
        raise ValueError("id is neither a text nor a whole number")
    key = str(given).strip()
    if not key or len(key) > LONGEST_KEY or FORBIDDEN.search(key):
        raise ValueError(f"id is empty, longer than {LONGEST_KEY} characters, or has controls")
    return key
