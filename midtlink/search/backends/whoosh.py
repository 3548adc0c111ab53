"""The engine: Whoosh's files and segments, with the scoring done by numpy over mapped postings.

Whoosh keeps the list of segments, their terms and their files; what stands behind a term is an
array that is read where it lies, not the compressed pickles of Whoosh's own codec.
"""

import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from midtlink.search.analysis import normal
from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.backends._analysing import Analyses, Groups
from midtlink.search.backends._finding import Finding
from midtlink.search.backends._folders import BUILDER, WRITER, Folders
from midtlink.search.backends._spooling import Spool
from midtlink.search.backends._vocabulary import suggestions
from midtlink.search.backends.whoosh_index import Index
from midtlink.search.protocol import Document, Finish, Found, IndexUnavailable, Wanted

#: Raise it when the same documents give other files than before.
FORMAT = "4"
#: Seconds for which a change, and a finished build, wait for another writer.
PATIENCE, BUILDERS_PATIENCE = 2, 60
#: Characters of what is typed that a suggestion looks at.
LONGEST_TYPED = 200
ATTEMPTS = 3

T = TypeVar("T")
__all__ = ["WhooshBackend"]


class WhooshBackend:
    """An index below a folder. Made once a process; any thread may read."""

    version = f"{FORMAT}.{Chain.VERSION}"

    def __init__(self, folder: Path, synonyms: Callable[[], Groups] = list) -> None:
        self._folders = Folders(folder)
        self._opening = threading.RLock()
        self._held: Index | None = None
        self._analyses = Analyses(synonyms)

    def find(self, wanted: Wanted) -> Found:
        return self._read(
            lambda index: Finding(
                index.snapshot(), self._analyses.of(index.lexicon).chain, wanted
            ).found()
        )

    def suggest(
        self,
        typed: str,
        *,
        audience: frozenset[str],
        but_not: frozenset[int] = frozenset(),
        limit: int = 6,
    ) -> list[str]:
        words = normal.words(typed[-LONGEST_TYPED:])
        if not words or typed[-1:].isspace():
            return []

        def suggest_from(index: Index) -> list[str]:
            snapshot = index.snapshot()
            seen = snapshot.seen(audience, but_not)
            return suggestions(snapshot.segments, seen.masks, words[-1], limit)

        return self._read(suggest_from)

    def warm(self) -> None:
        self._analyses.is_spelling_beside = True
        with suppress(IndexUnavailable):
            self._read(lambda index: self._analyses.of(index.lexicon))

    def marks(self, text: str, terms: frozenset[str]) -> list[tuple[int, int]]:
        held = self._held
        return self._analyses.of(held.lexicon).marking.marks(text, terms) if held else []

    def versions(self) -> Iterator[tuple[int, int]]:
        return iter(self._read(lambda index: list(index.versions())))

    def put(self, documents: Iterable[Document]) -> None:
        ready = list(documents)
        with self._writing() as index:
            index.put(ready, self._analyses.of(index.lexicon).chain)

    def drop(self, ids: Collection[int]) -> None:
        with self._writing() as index:
            index.drop(ids)

    def clear(self) -> None:
        with self._building() as folder, _translated():
            Index.create(folder, self.version, Lexicon())
            with self._folders.held(WRITER, patience=BUILDERS_PATIENCE):
                self._swap(folder)

    def needs_rebuild(self) -> bool:
        try:
            return self._read(lambda index: self._is_broken(index))
        except IndexUnavailable:
            return True

    def rebuild(self, documents: Iterable[Document], *, finish: Finish | None = None) -> int:
        with self._building() as folder:
            with Spool(folder) as spool:
                lexicon = Lexicon.counted(spool.words(documents))
                with _translated():
                    index = Index.create(folder, self.version, lexicon)
                    index.fill(spool.documents(), Chain(lexicon))
            with self._folders.held(WRITER, patience=BUILDERS_PATIENCE):
                if finish:
                    finish(_Unpublished(index), iter(list(index.versions())))
                with _translated():
                    count = index.snapshot().size
                    self._swap(folder)
        return count

    @contextmanager
    def _building(self) -> Iterator[Path]:
        """Give a new folder, which is removed again if it does not become the running one."""
        with self._folders.held(BUILDER):
            self._folders.remove_others()
            folder = self._folders.make()
            try:
                yield folder
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise

    def _swap(self, folder: Path) -> None:
        self._folders.swap(folder)
        self._folders.remove_others()

    @contextmanager
    def _writing(self) -> Iterator[Index]:
        with _translated(), self._folders.held(WRITER, patience=PATIENCE):
            yield self._index()

    def _read(self, work: Callable[[Index], T]) -> T:
        """Do what reads, once more if another index has taken this one's place meanwhile."""
        for _ in range(ATTEMPTS):
            folder = self._folders.running()
            try:
                return work(self._index())
            except IndexUnavailable:
                raise
            except Exception as error:
                if folder == self._folders.running():
                    self._examine(folder)
                    raise IndexUnavailable(f"cannot read: {type(error).__name__}") from error
        raise IndexUnavailable("the index changes all the time")

    def _examine(self, folder: Path | None) -> None:
        """Let the index be built anew if its files are damaged, and not for a fault of ours."""
        held = self._held
        if folder and held and held.folder == folder and not held.is_sound():
            self._folders.note_broken(folder)

    def _is_broken(self, index: Index) -> bool:
        index.snapshot()
        return self._folders.is_broken(index.folder)

    def _index(self) -> Index:
        folder = self._folders.running()
        if folder is None:
            raise IndexUnavailable("there is no index yet")
        with self._opening:
            if self._held is None or self._held.folder != folder:
                self._held = Index(folder, self.version)
            return self._held


class _Unpublished:
    """An index that no one else knows of yet."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def put(self, documents: Iterable[Document]) -> None:
        self._index.put(documents, Chain(self._index.lexicon))

    def drop(self, ids: Collection[int]) -> None:
        self._index.drop(ids)

    def clear(self) -> None:
        self._index.drop([number for number, _ in self._index.versions()])


@contextmanager
def _translated() -> Iterator[None]:
    """Turn whatever goes wrong into IndexUnavailable: Whoosh raises struct.error as readily."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        raise IndexUnavailable(f"the index cannot be used: {type(error).__name__}") from error
