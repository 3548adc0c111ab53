"""What the engine over Whoosh's files does beside finding: folders, locks, damage, sharing."""

import fcntl
import json
import os
import pickle
import threading
import warnings
import zlib
from pathlib import Path

import pytest

from midtlink.search.backends import whoosh, whoosh_index
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.backends.whoosh_storage import MappedStorage, read_toc
from midtlink.search.protocol import FACETS, IndexUnavailable
from tests.search.threads_indexed import CARD, EVERYONE, HOSPITAL, LOGIN, ids, thread, wanted

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from whoosh.fields import Schema
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import TOC


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "search"


@pytest.fixture
def backend(folder):
    made = WhooshBackend(folder)
    made.rebuild(HOSPITAL)
    return made


def indexes(folder):
    return [each.name for each in folder.iterdir() if each.is_dir()]


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


def every_question(backend):
    """Ask what touches each kind of array."""
    backend.find(wanted("etiketter", "klemme", facets=FACETS, bounds={}))
    backend.find(wanted(phrases=("etiketter til blodprøver",), prefixes=("blod",)))
    backend.find(wanted("printeren", "stue", is_similar=True))
    backend.suggest("kvik", audience=EVERYONE)
    return list(backend.versions())


def test_without_an_index_one_is_asked_for(folder):
    backend = WhooshBackend(folder)
    assert backend.needs_rebuild()
    for work in (lambda: backend.find(wanted("x")), lambda: backend.put([thread(1, "x")]),
                 lambda: backend.drop([1]), backend.versions,
                 lambda: backend.suggest("x", audience=EVERYONE)):  # fmt: skip
        with pytest.raises(IndexUnavailable):
            work()


def test_nobody_else_may_look_into_the_folders(backend, folder):
    [index] = indexes(folder)
    assert (folder / index).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_was_open_to_others_is_shut(tmp_path):
    folder = tmp_path / "search"
    folder.mkdir()
    folder.chmod(0o777)
    WhooshBackend(folder).rebuild(HOSPITAL)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_opened_to_others_is_shut_by_whoever_reads(backend, folder):
    folder.chmod(0o777)
    assert ids(backend.find(wanted("kvikplan"))) == [CARD]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_the_folder_of_somebody_else_is_not_used(backend, folder, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    for work in (lambda: backend.find(wanted("x")), lambda: backend.rebuild(HOSPITAL)):
        with pytest.raises(IndexUnavailable):
            work()
    assert backend.needs_rebuild()


class Planted:
    """Leaves a file when it is unpickled."""

    def __init__(self, trace):
        self._trace = trace

    def __reduce__(self):
        return os.mkdir, (str(self._trace),)


class PlantedList(Planted, list):
    """Passes for Whoosh's list of segments."""


def test_a_planted_list_of_segments_runs_no_code(backend, folder, tmp_path):
    [running] = [each for each in folder.iterdir() if each.is_dir()]
    trace = tmp_path / "trace"
    planted = TOC(Schema(), PlantedList(trace), 99)
    planted.write(FileStorage(str(running)), "threads")
    [path] = running.glob("*_99.toc")
    content = path.read_bytes()
    for signed in (content, content + zlib.crc32(content).to_bytes(4, "big"),
                   str(zlib.crc32(content)).encode() + b"\n" + content):  # fmt: skip
        path.write_bytes(signed)
        with pytest.raises(IndexUnavailable):
            WhooshBackend(folder).find(wanted("kvikplan"))
        assert not trace.exists()
    pickle.loads(pickle.dumps(Planted(trace)))
    assert trace.exists()


@pytest.mark.parametrize(
    "segment", [["../../other", 8, []], ["0123456789abcdef", 8, [-1]], ["0123456789abcdef", 8, [8]]]
)
def test_a_planted_list_of_segments_names_no_other_file(backend, folder, segment):
    [path] = folder.rglob("*.toc")
    content = json.dumps({"segments": [segment]}).encode()
    path.write_bytes(str(zlib.crc32(content)).encode() + b"\n" + content)
    with pytest.raises(ValueError, match="damaged"):
        read_toc(MappedStorage(str(path.parent)))
    with pytest.raises(IndexUnavailable):
        WhooshBackend(folder).find(wanted("kvikplan"))


def test_another_version_asks_for_a_rebuild(backend, folder, monkeypatch):
    monkeypatch.setattr(WhooshBackend, "version", "another")
    other = WhooshBackend(folder)
    assert other.needs_rebuild()
    with pytest.raises(IndexUnavailable):
        other.find(wanted("etiketter"))


def test_a_second_writer_is_refused(backend, folder, monkeypatch):
    monkeypatch.setattr(whoosh, "PATIENCE", 0)
    with (folder / "writer.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(IndexUnavailable):
            backend.put([thread(9, "Ny")])
        with pytest.raises(IndexUnavailable):
            backend.drop([CARD])
    backend.put([thread(9, "Ny")])
    assert 9 in dict(backend.versions())


def test_a_writer_waits_for_another_that_is_soon_done(backend, folder, monkeypatch):
    monkeypatch.setattr(whoosh, "PATIENCE", 60)
    with (folder / "writer.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        releasing = threading.Timer(0.2, fcntl.flock, (held, fcntl.LOCK_UN))
        releasing.start()
        backend.put([thread(9, "Ny")])
        releasing.join()
    assert 9 in dict(backend.versions())


def test_a_second_rebuild_is_refused(backend, folder):
    with (folder / "builder.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(IndexUnavailable):
            backend.rebuild([])
    assert len(list(backend.versions())) == len(HOSPITAL)


def test_readers_see_what_another_process_has_put(backend, folder):
    reader = WhooshBackend(folder)
    assert reader.find(wanted("splinterny")).total == 0
    backend.put([thread(9, "Splinterny")])
    assert reader.find(wanted("splinterny")).total == 1
    backend.rebuild([thread(10, "Splinterny igen")])
    assert ids(reader.find(wanted("splinterny"))) == [10]


def test_a_rebuild_lets_write_and_find_until_it_is_done(backend, folder, monkeypatch):
    monkeypatch.setattr(whoosh, "PATIENCE", 0)

    def documents():
        yield HOSPITAL[0]
        backend.put([thread(9, "Imens")])
        assert backend.find(wanted("imens")).total == 1

    def finish(index, versions):
        assert dict(versions) == {HOSPITAL[0].id: 1}
        with pytest.raises(IndexUnavailable):
            WhooshBackend(folder).put([thread(11, "For sent")])
        index.put([thread(9, "Imens", version=2), thread(12, "Igen")])
        index.drop([12])

    assert backend.rebuild(documents(), finish=finish) == 2
    assert sorted(backend.versions()) == [(HOSPITAL[0].id, 1), (9, 2)]


def test_a_rebuild_that_fails_leaves_the_index_as_it_was(backend, folder):
    def documents():
        yield thread(9, "Ny")
        raise LookupError("the database is gone")

    with pytest.raises(LookupError):
        backend.rebuild(documents())
    assert len(list(backend.versions())) == len(HOSPITAL)
    assert len(indexes(folder)) == 1


def test_a_half_written_index_is_removed_by_the_next_rebuild(backend, folder):
    (folder / "threads-77").mkdir()
    (folder / "threads-77/threads_x.trm").write_text("half")
    backend.rebuild(HOSPITAL)
    assert len(indexes(folder)) == 1
    assert every_question(backend)


def test_a_half_written_commit_is_ignored_and_removed(backend, folder):
    [index] = indexes(folder)
    (folder / index / "threads_half.col").write_text("half")
    (folder / index / "_threads_7.toc.123").write_text("half")
    assert len(list(WhooshBackend(folder).versions())) == len(HOSPITAL)
    backend.put([thread(9, "Ny")])
    assert not list(folder.rglob("*half*")) + list(folder.rglob("*.toc.123"))


def test_a_finding_reader_outlives_the_files(backend, folder):
    """A reader may hold an index that a rebuild removes."""
    index = backend._index()
    before = index.snapshot()
    backend.rebuild([])
    assert int(before.segments[0].column("id").sum()) == sum(d.id for d in HOSPITAL)


def test_few_segments_are_left_by_many_changes(backend):
    for number in range(60):
        backend.put([thread(100 + number, f"Sag {number}")])
    assert len(backend._index().snapshot().segments) <= whoosh_index.MOST_SMALL
    assert len(list(backend.versions())) == len(HOSPITAL) + 60


def test_what_is_dropped_leaves_the_files_with_the_next_merge(backend, folder):
    backend.put([thread(9, "Kanariefuglen", "Kanariefuglen synger")])
    backend.drop([9])
    for number in range(12):
        backend.put([thread(100 + number, "Sag")])
    assert not [path for path in files(folder) if b"kanariefugl" in path.read_bytes()]


def test_a_rebuild_leaves_no_texts_behind(backend, folder):
    backend.rebuild(HOSPITAL)
    assert not list(folder.rglob("*.jsonl"))


def test_synonyms_are_asked_for_again(folder, monkeypatch):
    groups = []
    backend = WhooshBackend(folder, lambda: [list(group) for group in groups])
    backend.rebuild(HOSPITAL)
    assert backend.find(wanted("smørrebrød")).total == 0
    groups.append(["smørrebrød", "kvikplan"])
    monkeypatch.setattr(backend._analyses, "_until", 0)
    assert ids(backend.find(wanted("smørrebrød"))) == [CARD]


def test_only_words_that_may_be_seen_correct_others(folder):
    backend = WhooshBackend(folder)
    backend.rebuild([*HOSPITAL, thread(20, "Xylofonprisen", hidden=True),
                     thread(21, "Xylofonprisen", hidden=True), thread(22, "Kvitteringsrullen"),
                     thread(23, "Kvitteringsrullen")])  # fmt: skip
    assert backend.find(wanted("xylofonprsien")).corrected == ()
    found = backend.find(wanted("kvitteringsrulen"))
    assert found.corrected == (("kvitteringsrulen", "kvitteringsrullen"),)
    withdrawn = backend.find(wanted("kvitteringsrulen", but_not=frozenset({22, 23})))
    assert withdrawn.corrected == ()


@pytest.mark.parametrize("kind", ["*.toc", "*.trm", "*.col", "about.json", "words.txt", "current"])
@pytest.mark.parametrize("damage", ["removed", "cut", "emptied", "overwritten"])
def test_a_damaged_index_is_unavailable_and_a_rebuild_mends_it(backend, folder, kind, damage):
    for path in [path for path in folder.rglob(kind) if path.is_file()]:
        spoil(path, damage)
    reader = WhooshBackend(folder)
    with pytest.raises(IndexUnavailable):
        every_question(reader)
    assert WhooshBackend(folder).needs_rebuild()
    reader.rebuild(HOSPITAL)
    assert len(every_question(reader)) == len(HOSPITAL)
    assert not reader.needs_rebuild()


def spoil(path: Path, damage):
    content = path.read_bytes()
    path.unlink()
    if damage != "removed":
        new = {"cut": content[: len(content) // 2], "emptied": b""}
        path.write_bytes(new.get(damage, b"\xff" * len(content)))


def test_a_damage_found_while_reading_is_told_to_every_process(backend, folder):
    [path] = folder.rglob("*.col")
    content = bytearray(path.read_bytes())
    content[: len(content) // 2] = b"\xff" * (len(content) // 2)
    path.unlink()
    path.write_bytes(content)
    reader = WhooshBackend(folder)
    with pytest.raises(IndexUnavailable):
        every_question(reader)
    assert WhooshBackend(folder).needs_rebuild()


def test_a_fault_of_ours_asks_for_no_rebuild(backend, folder, monkeypatch):
    monkeypatch.setattr(whoosh_index.Index, "snapshot", lambda _self: 1 / 0)
    with pytest.raises(IndexUnavailable):
        backend.find(wanted("etiketter"))
    monkeypatch.undo()
    assert not backend.needs_rebuild()


def test_a_full_disk_loses_nothing_and_keeps_no_lock(backend, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whoosh_index, "save_toc", full)
    with pytest.raises(IndexUnavailable):
        backend.put([thread(9, "Ny")])
    monkeypatch.undo()
    assert len(list(backend.versions())) == len(HOSPITAL)
    backend.put([thread(9, "Ny")])
    assert len(list(backend.versions())) == len(HOSPITAL) + 1


def test_threads_share_a_backend_while_another_writes(backend, folder):
    failed = []
    stop = threading.Event()

    def read():
        while not stop.is_set():
            try:
                assert len(dict(backend.versions())) >= len(HOSPITAL)
                assert LOGIN in ids(backend.find(wanted("adgangskoden", facets=FACETS)))
            except Exception as error:
                failed.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    writer = WhooshBackend(folder)
    for number in range(25):
        writer.put([thread(100 + number, "Sag"), HOSPITAL[0]])
    writer.rebuild([*HOSPITAL, thread(9, "Ny")])
    stop.set()
    for reader in readers:
        reader.join()
    assert failed == []


def test_files_are_closed_once_nobody_reads_them(backend, folder):
    """Each of the few segments that there are has two files open."""
    reader = WhooshBackend(folder)
    before = len(os.listdir("/proc/self/fd"))
    for number in range(60):
        backend.put([thread(9, f"Sag {number}")])
        reader.find(wanted("sag"))
    assert len(os.listdir("/proc/self/fd")) <= before + 2 * 2 * whoosh_index.MOST_SMALL
