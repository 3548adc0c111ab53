"""Named arrays in one file, read where they lie."""

import json
import math
import struct
import zlib
from collections.abc import Mapping
from typing import Any, BinaryIO

import numpy as np

_ALIGNED = 8
#: At the end of the file: where the directory begins, and its checksum.
_TAIL = struct.Struct("<QI")

Array = np.ndarray[Any, np.dtype[Any]]


def write(file: BinaryIO, arrays: Mapping[str, Array], notes: Mapping[str, Any]) -> None:
    """Write the arrays, and notes that are small."""
    places, position = {}, 0
    for name, array in arrays.items():
        content = np.ascontiguousarray(array).tobytes()
        padding = -len(content) % _ALIGNED
        file.write(content + bytes(padding))
        places[name] = (array.dtype.str, list(array.shape), position)
        position += len(content) + padding
    directory = json.dumps({"arrays": places, "notes": notes}).encode()
    file.write(directory + _TAIL.pack(position, zlib.crc32(directory)))


def read(view: memoryview) -> tuple[dict[str, Array], dict[str, Any]]:
    """Return the arrays and the notes. Raises ValueError if the file is not whole."""
    if len(view) < _TAIL.size:
        raise ValueError("a file of the index is cut off")
    position, check = _TAIL.unpack_from(view, len(view) - _TAIL.size)
    directory = bytes(view[position : len(view) - _TAIL.size])
    if zlib.crc32(directory) != check:
        raise ValueError("a file of the index is damaged")
    said = json.loads(directory)
    return {name: _array(view, *place) for name, place in said["arrays"].items()}, said["notes"]


def _array(view: memoryview, dtype: str, shape: list[int], position: int) -> Array:
    found = np.frombuffer(view, dtype, math.prod(shape), position)
    return found if len(shape) == 1 else found.reshape(shape)
