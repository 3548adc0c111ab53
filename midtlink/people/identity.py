"""Tokens and names: made at random, kept as hashes, folded so that look-alikes meet."""

import hashlib
import secrets
import unicodedata


def new_token() -> str:
    """Return 256 random bits as text for a cookie or an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """Return what is stored of a token. The token is random, so a plain SHA-256 suffices."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def fold(name: str) -> str:
    """Return a username or e-mail address as it is stored and compared."""
    return unicodedata.normalize("NFKC", name).strip().casefold()
