"""Numbers of the feeds, and the names by which their entries are known for ever."""

#: Questions that a feed holds.
MOST_ENTRIES = 50
#: The year in which the names below were given out (RFC 4151).
NAMED_IN = 2026


def tag_uri(host: str, what: str) -> str:
    """Return the name of a feed or an entry, the same whatever its address becomes (RFC 4151)."""
    return f"tag:{host},{NAMED_IN}:{what}"
