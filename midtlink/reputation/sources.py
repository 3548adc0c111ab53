"""How a fact names the row that it is about."""


def source_of(kind: str, row_id: int, origin: str | None = None, key: object = None) -> str:
    """Return the name of a row's source: by its id, or by the key that an import's source gave it.

    A later dump writes its rows anew; they keep their key and not their id.
    """
    return f"{kind}:{origin}:{key}" if origin else f"{kind}:{row_id}"
