"""Whoosh's files, read where they lie: a segment is mapped into memory and never copied.

Stock Whoosh wraps a mapped file in BytesIO, which copies all of it into each process. Its list of
segments (the TOC) is a pickle, which may run code when it is read; here it is plain JSON.
"""

import json
import mmap
import os
import re
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Whoosh 2.7.4 compares with literals by "is".
    from whoosh.codec.whoosh3 import W3Codec, W3Segment
    from whoosh.filedb.filestore import FileStorage
    from whoosh.filedb.filetables import HashWriter
    from whoosh.filedb.structfile import BufferFile
    from whoosh.index import TOC, EmptyIndexError, clean_files

__all__ = ["EmptyIndexError", "HashWriter", "MappedStorage"]

#: What Whoosh puts before the names of its files.
NAME = "threads"
_SEGMENT = re.compile(r"[0-9a-z]{1,32}")


class MappedFile(BufferFile):  # type: ignore[misc]
    """A file of an index as one view of memory; the mapping lives as long as anything reads it."""

    def __init__(self, mapped: mmap.mmap, name: str) -> None:
        self._buf = memoryview(mapped)
        self._name = name
        self.file = mapped
        self.onclose = None
        self.is_real = False
        self.is_closed = False

    @property
    def view(self) -> memoryview:
        return self._buf

    def get(self, position: int, length: int) -> bytes:
        return bytes(self._buf[position : position + length])

    def close(self) -> None:
        """Let go of the file. Arrays over it may still be read by another thread."""
        self.is_closed = True


class MappedStorage(FileStorage):  # type: ignore[misc]
    """A folder of an index."""

    def open_file(self, name: str, **_: Any) -> MappedFile:
        with self.path(name).open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        return MappedFile(mapped, name)

    def path(self, name: str) -> Path:
        return Path(self._fpath(name))


@dataclass(frozen=True)
class SegmentList:
    """What one commit made the index."""

    segments: list[Any]
    generation: int


def new_segment(size: int) -> Any:
    """Return an empty segment of Whoosh's for so many documents."""
    return W3Segment(W3Codec(), NAME, doccount=size)


def generation(storage: MappedStorage) -> int:
    """Return the number of the newest list of segments; -1 if there is none."""
    return int(TOC._latest_generation(storage, NAME))


def read_toc(storage: MappedStorage) -> SegmentList:
    """Return the newest list of segments. Raises ValueError if it is damaged."""
    number = generation(storage)
    if number < 0:
        raise EmptyIndexError("there is no list of segments")
    check, _, content = storage.path(TOC._filename(NAME, number)).read_bytes().partition(b"\n")
    if check != _check(content):
        raise ValueError("the list of segments is damaged")
    said = json.loads(content)
    return SegmentList([_segment(*each) for each in said["segments"]], number)


def _segment(name: str, size: int, deleted: list[int]) -> Any:
    """Return a segment as it was noted; its name becomes a part of paths."""
    if (
        not _SEGMENT.fullmatch(name)
        or min(deleted, default=0) < 0
        or max(deleted, default=0) >= size
    ):
        raise ValueError("the list of segments is damaged")
    return W3Segment(W3Codec(), NAME, doccount=size, segid=name, deleted=set(deleted))


def save_toc(storage: MappedStorage, segments: list[Any], number: int) -> None:
    """Make the segments the index: the renaming of this file is the moment of a commit."""
    for leftover in storage.list():
        if ".toc." in leftover:
            storage.delete_file(leftover)
    noted = [[s.segid, s.doc_count_all(), sorted(map(int, s.deleted_docs()))] for s in segments]
    content = json.dumps({"segments": noted}).encode()
    fresh = storage.path(f"{TOC._filename(NAME, number)}.new")
    fresh.write_bytes(_check(content) + b"\n" + content)
    os.replace(fresh, storage.path(TOC._filename(NAME, number)))
    clean_files(storage, NAME, number, segments)


def _check(content: bytes) -> bytes:
    return str(zlib.crc32(content)).encode()
