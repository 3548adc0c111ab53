"""Hashing passwords with Argon2, in the same time whether there is a password or not."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from midtlink.people.identity import new_token
from midtlink.people.rules import HASH_KIBIBYTES, HASH_LANES, HASH_ROUNDS, HASHES_AT_ONCE

_hasher = PasswordHasher(HASH_ROUNDS, HASH_KIBIBYTES, HASH_LANES)
_places = threading.BoundedSemaphore(HASHES_AT_ONCE)


def hash_password(password: str) -> str:
    """Return what is stored of a password."""
    with _places:
        return _hasher.hash(_bytes(password))


def matches(stored: str | None, password: str) -> bool:
    """Say whether the password is the stored one. Without one it takes as long, and says no."""
    against = stored or _nobodys_hash()
    with _places:
        try:
            _hasher.verify(against, _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return stored is not None


def is_outdated(stored: str) -> bool:
    """Say whether a hash was made with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(new_token())


def _bytes(password: str) -> bytes:
    """Return the bytes of a password, the same from every keyboard."""
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
