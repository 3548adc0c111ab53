"""The engine that finds nothing: for installations that search the database only, and tests."""

from collections.abc import Collection, Iterable, Iterator

from midtlink.search.protocol import Document, Finish, Found, Wanted


class NullBackend:
    """Keeps nothing. Every call works."""

    version = "null"

    def find(self, wanted: Wanted) -> Found:
        return Found()

    def suggest(
        self,
        typed: str,
        *,
        audience: frozenset[str],
        but_not: frozenset[int] = frozenset(),
        limit: int = 6,
    ) -> list[str]:
        return []

    def marks(self, text: str, terms: frozenset[str]) -> list[tuple[int, int]]:
        return []

    def warm(self) -> None:
        """Nothing is ever cold."""

    def versions(self) -> Iterator[tuple[int, int]]:
        return iter(())

    def put(self, documents: Iterable[Document]) -> None:
        """Let the documents go."""

    def drop(self, ids: Collection[int]) -> None:
        """Forget what was never kept."""

    def clear(self) -> None:
        """Stay as empty as ever."""

    def needs_rebuild(self) -> bool:
        return False

    def rebuild(self, documents: Iterable[Document], *, finish: Finish | None = None) -> int:
        return 0
