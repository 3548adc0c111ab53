"""One index in one folder: reading it as it is now, and changing it in batches."""

import json
import threading
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from midtlink.search.analysis.chain import Chain
from midtlink.search.analysis.lexicon import Lexicon
from midtlink.search.backends._content import Content, merge
from midtlink.search.backends._drafting import Draft, drafted
from midtlink.search.backends._snapshot import Snapshot
from midtlink.search.backends.whoosh_segment import Segment, is_whole, save
from midtlink.search.backends.whoosh_storage import (
    EmptyIndexError,
    MappedStorage,
    generation,
    read_toc,
    save_toc,
)
from midtlink.search.protocol import Document, IndexUnavailable

ABOUT, WORDS = "about.json", "words.txt"
#: Segments of fewer documents are merged, the smallest first, once there are more of them.
SMALL, MOST_SMALL = 20_000, 8
#: A small segment joins a merge unless it is so many times what the smaller ones hold together.
FAR_LARGER = 2
LEAST_MERGED = 4
#: Part of a large segment that may be deleted before it is written anew.
MOST_DELETED = 0.3
#: Documents of one commit, and postings of a segment that a rebuild writes.
BATCH = 5_000
MOST_POSTINGS = 8_000_000
_ATTEMPTS = 20


class Index:
    """Reads from any thread; one writer at a time, which its caller sees to."""

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self.lexicon = _read_lexicon(folder, version)
        self._storage = MappedStorage(str(folder))
        self._snapshot: Snapshot | None = None
        self._refreshing = threading.Lock()

    @classmethod
    def create(cls, folder: Path, version: str, lexicon: Lexicon) -> "Index":
        """Make an empty index in an empty folder."""
        words = "\n".join(lexicon.lines()).encode()
        (folder / WORDS).write_bytes(words)
        save_toc(MappedStorage(str(folder)), [], 0)
        about = {"version": version, "words": zlib.crc32(words)}
        (folder / ABOUT).write_text(json.dumps(about), "utf-8")
        return cls(folder, version)

    def snapshot(self) -> Snapshot:
        """Return the index as the last commit left it."""
        held = self._snapshot
        if held and held.generation == generation(self._storage):
            return held
        with self._refreshing:
            for attempt in range(_ATTEMPTS):
                try:
                    self._snapshot = self._open(self._snapshot)
                    break
                except (
                    FileNotFoundError,
                    EmptyIndexError,
                ):  # A commit has just removed it: look again.
                    if attempt == _ATTEMPTS - 1:
                        raise
            return self._snapshot  # type: ignore[return-value]

    def _open(self, held: Snapshot | None) -> Snapshot:
        toc = read_toc(self._storage)
        if held and held.generation == toc.generation:
            return held
        known = {segment.name: segment for segment in held.segments} if held else {}
        segments = [
            known[each.segment_id()].with_deletions(each)
            if each.segment_id() in known
            else Segment(self._storage, each)
            for each in toc.segments
        ]
        return Snapshot(toc.generation, segments)

    def is_sound(self) -> bool:
        """Say whether every file of the index is as it was written. Reads all of them."""
        try:
            return all(is_whole(self._storage, each) for each in read_toc(self._storage).segments)
        except Exception:
            return False

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document."""
        for segment in self.snapshot().segments:
            alive = segment.alive
            ids, versions = (segment.column(name)[alive] for name in ("id", "version"))
            yield from zip(ids.tolist(), versions.tolist(), strict=True)

    def put(self, documents: Iterable[Document], chain: Chain) -> None:
        """Add the documents, each in the place of an older one."""
        waiting = iter(documents)
        while some := list(islice(waiting, BATCH)):
            latest = {document.id: document for document in some}
            self._commit(latest, drafted(latest.values(), chain))

    def drop(self, ids: Collection[int]) -> None:
        """Forget the documents."""
        if ids:
            self._commit(ids, None)

    def fill(self, documents: Iterable[Document], chain: Chain) -> None:
        """Add documents, none of which is in the index, in segments as large as memory allows."""
        draft = Draft(chain)
        for document in documents:
            draft.add(document)
            if draft.postings >= MOST_POSTINGS:
                self._commit((), draft.content(), is_merging=False)
                draft = Draft(chain)
        if len(draft):
            self._commit((), draft.content(), is_merging=False)

    def _commit(
        self, gone: Collection[int], content: Content | None, *, is_merging: bool = True
    ) -> None:
        toc = read_toc(self._storage)
        readers = {segment.name: segment for segment in self.snapshot().segments}
        wanted = np.fromiter(gone, np.int64, len(gone))
        for each in toc.segments if gone else ():
            _delete(each, readers[each.segment_id()], wanted)
        kept = [each for each in toc.segments if each.doc_count()]
        merged = _to_merge(kept, bool(content)) if is_merging else []
        made = self._merged([(readers[each.segment_id()], each) for each in merged], content)
        segments = [each for each in kept if each not in merged] + made
        save_toc(self._storage, segments, toc.generation + 1)

    def _merged(self, merging: list[tuple[Segment, Any]], content: Content | None) -> list[Any]:
        contents = [segment.content() for segment, _ in merging]
        alive = [segment.with_deletions(each).alive for segment, each in merging]
        if content is not None:
            contents.append(content)
            alive.append(np.ones(content.size, bool))
        if not contents:
            return []
        whole = merge(contents, alive) if merging else contents[0]
        return [save(self._storage, whole)]


def _delete(segment: Any, reader: Segment, wanted: Any) -> None:
    reader = reader.with_deletions(segment)
    for number in np.flatnonzero(np.isin(reader.column("id"), wanted) & reader.alive):
        segment.delete_document(int(number))


def _to_merge(segments: Sequence[Any], is_growing: bool) -> list[Any]:
    """Return the segments that are to be written anew as one."""
    small = sorted((s for s in segments if s.doc_count_all() < SMALL), key=lambda s: s.doc_count())
    worn = [
        s
        for s in segments
        if s not in small and s.deleted_count() > MOST_DELETED * s.doc_count_all()
    ]
    if len(small) + is_growing <= MOST_SMALL:
        return worn[:1]
    chosen: list[Any] = []
    total = 0
    for each in small:
        if len(chosen) >= LEAST_MERGED and each.doc_count() > FAR_LARGER * total:
            break
        chosen.append(each)
        total += each.doc_count()
    return chosen


def _read_lexicon(folder: Path, version: str) -> Lexicon:
    """Return the corpus' words as they were at the rebuild."""
    about = json.loads((folder / ABOUT).read_text("utf-8"))
    if about["version"] != version:
        raise IndexUnavailable("the index was made by another version")
    words = (folder / WORDS).read_bytes()
    if zlib.crc32(words) != about["words"]:
        raise ValueError("the words of the index are damaged")
    return Lexicon.read(words.decode().split("\n"))
