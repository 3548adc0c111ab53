"""The terms of a segment in order, in Whoosh's hash file: from a term to its number and back."""

import struct
import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from midtlink.search.backends.whoosh_storage import HashWriter, MappedFile

_NUMBER = struct.Struct("<I")
_SIZES, _SLOT = struct.Struct("!ii"), struct.Struct("!Iq")
_CRC32 = 1
#: How Whoosh begins such a file, and what it notes of each of its tables.
_MAGIC, _TABLES, _TABLE = b"HSH3\x01", 256, struct.Struct("!qi")


class LexiconWriter(HashWriter):  # type: ignore[misc]
    """Writes terms in their order. What Whoosh pickles behind them is an array here."""

    def __init__(self, file: object) -> None:
        super().__init__(file, hashtype=_CRC32)
        self.positions: list[int] = []

    def add_all(self, items: Iterable[tuple[bytes, bytes]]) -> None:
        """Write each term with the way it is spelt, if that is not the term itself."""
        for number, (term, spelt) in enumerate(items):
            self.positions.append(self.dbfile.tell())
            self.add(term, _NUMBER.pack(number) + spelt)

    def _write_extras(self) -> None:
        self.dbfile.write(np.array(self.positions, "<u8").tobytes())


class Lexicon:
    """Looks terms up. Nothing in it moves while it is read, so threads share one."""

    def __init__(self, file: MappedFile) -> None:
        """Find the tables, which stand at the end. Reads no term, and calls no pickle."""
        view = self._view = file.view
        end = len(view) - _NUMBER.size
        extras = end - int.from_bytes(view[end:], "big")
        tables = extras - _TABLES * _TABLE.size
        if bytes(view[: len(_MAGIC)]) != _MAGIC or not 0 < tables < extras <= end:
            raise ValueError("the terms of a segment are damaged")
        self.tables = list(_TABLE.iter_unpack(view[tables:extras]))
        self.positions: NDArray[np.uint64] = np.frombuffer(view, "<u8", (end - extras) // 8, extras)

    def __len__(self) -> int:
        return len(self.positions)

    def find(self, term: bytes) -> int | None:
        """Return the number of a term. Reads where the file lies what Whoosh's reader copies."""
        code = zlib.crc32(term)
        table, slots = self.tables[code & (_TABLES - 1)]
        for step in range(slots):
            slot = table + ((code >> 8) + step) % slots * _SLOT.size
            found, position = _SLOT.unpack_from(self._view, slot)
            if not position:
                return None
            if found == code and self._holds(position, term):
                return int(_NUMBER.unpack_from(self._view, position + _SIZES.size + len(term))[0])
        return None

    def _holds(self, position: int, term: bytes) -> bool:
        size, _ = _SIZES.unpack_from(self._view, position)
        start = position + _SIZES.size
        return size == len(term) and self._view[start : start + size] == term

    def term(self, number: int) -> bytes:
        """Return the term of a number."""
        position = int(self.positions[number])
        size, _ = _SIZES.unpack_from(self._view, position)
        return bytes(self._view[position + _SIZES.size : position + _SIZES.size + size])

    def spelt(self, number: int) -> bytes:
        """Return how the term is written; empty if just so."""
        position = int(self.positions[number])
        size, room = _SIZES.unpack_from(self._view, position)
        start = position + _SIZES.size + size
        return bytes(self._view[start + _NUMBER.size : start + room])

    def starting(self, prefix: bytes) -> tuple[int, int]:
        """Return the number of the first term that begins so, and of the first after those."""
        return self._first(prefix), self._first(prefix + b"\xff")

    def _first(self, least: bytes) -> int:
        low, high = 0, len(self.positions)
        while low < high:
            middle = (low + high) // 2
            if self.term(middle) < least:
                low = middle + 1
            else:
                high = middle
        return low
