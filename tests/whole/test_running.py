"""`midtlink run`: one command, on this machine only, and nothing is left when it ends."""

import contextlib
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.browser.site import run, running


def children_of(pid):
    listing = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True
    )
    return [int(word) for word in listing.stdout.split()]


def test_ctrl_c_stops_web_server_and_sweeper(tmp_path):
    with running(tmp_path) as (address, process):
        urllib.request.urlopen(f"{address}/log-ind", timeout=10).close()
        children = children_of(process.pid)
        assert len(children) == 2
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=20) == 0
    assert not [pid for pid in children if os.path.exists(f"/proc/{pid}")]


def test_a_dead_sweeper_ends_the_command_with_a_failure(tmp_path):
    with running(tmp_path) as (_address, process):
        time.sleep(1)
        sweeper = children_of(process.pid)[1]
        os.kill(sweeper, signal.SIGKILL)
        assert process.wait(timeout=20) == 1


@pytest.mark.parametrize("key", ["", "short", "a" * 64])
def test_production_refuses_a_weak_key(tmp_path, key):
    ended = run("run", instance=tmp_path, MIDTLINK_ENV="production", SECRET_KEY=key)
    assert ended.returncode == 2
    assert "SECRET_KEY" in ended.stderr


def test_development_stays_on_this_machine(tmp_path):
    ended = run("run", instance=tmp_path, HOST="0.0.0.0")
    assert ended.returncode == 2
    assert "MIDTLINK_ENV=production" in ended.stderr


def test_every_command_has_one_clear_line(tmp_path):
    shown = run("--help", instance=tmp_path, MIDTLINK_ENV="production").stdout
    lines = shown.split("Commands:")[1].strip().splitlines()
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)
    assert not [line for line in lines if line.endswith("...")]


def test_the_access_log_keeps_paths_only(tmp_path):
    with running(tmp_path) as (address, _process):
        for path in ("/log-ind?q=010190-1234", "/tag/010190-1234", "/adgang/secret"):
            with contextlib.suppress(urllib.error.HTTPError):
                urllib.request.urlopen(f"{address}{path}", timeout=10).close()
        time.sleep(0.3)
        log = (tmp_path / "logs/access.log").read_text()
    assert "/log-ind" in log
    assert "/adgang/" in log
    assert "010190" not in log
    assert "secret" not in log
