"""An index that is killed while it is written, or whose bytes are spoilt."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import IndexUnavailable
from tests.search.threads_indexed import HOSPITAL, thread, wanted

ROOT = Path(__file__).resolve().parents[2]
KILLS, FLIPS = 20, 100
#: Seconds after which a child that looks into a spoilt index hangs.
PATIENCE = 60

#: Puts one thread after the other and says when each is put.
WRITER = """
import sys
from pathlib import Path
from midtlink.search.backends.whoosh import WhooshBackend
from tests.search.threads_indexed import thread
backend = WhooshBackend(Path(sys.argv[1]))
number = int(sys.argv[2])
while True:
    backend.put([thread(number, f"Sag {number}", "ord " * 50), thread(1, "Altid", version=number)])
    print(number, flush=True)
    number += 1
"""
#: Spoils one copy after the other and says how each answers.
READER = """
import json, sys
from pathlib import Path
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import IndexUnavailable
from tests.search.test_whoosh import every_question
for folder in sys.argv[1:]:
    try:
        answer = len(every_question(WhooshBackend(Path(folder))))
    except IndexUnavailable as error:
        answer = "unavailable"
    print(json.dumps([folder, answer]), flush=True)
"""


def child(code, *arguments, **more):
    command = [sys.executable, "-W", "error", "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, **more)


@pytest.mark.long
def test_killed_in_a_commit_it_loses_nothing_that_was_put(tmp_path):
    rng = random.Random(3)
    folder = tmp_path / "search"
    backend = WhooshBackend(folder)
    backend.rebuild([thread(1, "Altid")])
    put, number = {1}, 2
    for _ in range(KILLS):
        with child(WRITER, folder, number) as writer:
            writer.stdout.readline()
            time.sleep(rng.random() * 0.3)
            os.kill(writer.pid, signal.SIGKILL)
            told = [int(line) for line in writer.stdout.read().split()]
        put |= {number, *told}
        number = max(put) + 10
        after = WhooshBackend(folder)
        held = dict(after.versions())
        assert put <= held.keys()
        assert after.find(wanted("altid")).total == 1
        after.put([thread(number - 1, "Låsen er fri")])
        put.add(number - 1)
    assert not after.needs_rebuild()
    assert len(list(folder.rglob("*.trm"))) <= 10


@pytest.mark.long
def test_spoilt_bytes_never_stop_the_process(tmp_path):
    rng = random.Random(5)
    folder = tmp_path / "search"
    backend = WhooshBackend(folder)
    backend.rebuild(HOSPITAL)
    backend.put([thread(100 + n, f"Etiketter {n}", "blodprøver fra stuen") for n in range(50)])
    copies = [spoilt_copy(folder, tmp_path / f"copy-{n}", rng) for n in range(FLIPS)]
    with child(READER, *copies) as reader:
        told, _ = reader.communicate(timeout=PATIENCE)
    answers = dict(map(json.loads, told.splitlines()))
    assert reader.returncode == 0
    assert answers.keys() == {str(copy) for copy in copies}
    assert {type(answer) for answer in answers.values()} == {int, str}


def spoilt_copy(folder, copy, rng):
    """Copy the index and change some bytes of one of its files."""
    shutil.copytree(folder, copy)
    chosen = rng.choice(sorted(path for path in copy.rglob("*") if path.stat().st_size > 1))
    while chosen.is_dir():
        chosen = rng.choice(sorted(path for path in chosen.rglob("*") if path.is_file()))
    content = bytearray(chosen.read_bytes())
    for _ in range(rng.choice((1, 4, 64))):
        content[rng.randrange(len(content))] = rng.randrange(256)
    chosen.write_bytes(content)
    return copy


@pytest.mark.long
def test_a_spoilt_index_is_mended_by_a_rebuild(tmp_path):
    rng = random.Random(7)
    folder = tmp_path / "search"
    WhooshBackend(folder).rebuild(HOSPITAL)
    for number in range(10):
        copy = WhooshBackend(spoilt_copy(folder, tmp_path / f"copy-{number}", rng))
        copy.rebuild(HOSPITAL)
        try:
            assert len(list(copy.versions())) == len(HOSPITAL)
        except IndexUnavailable:
            pytest.fail("a rebuild did not mend the index")
