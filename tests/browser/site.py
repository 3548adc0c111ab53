"""A real MidtLink in a process of its own: `midtlink run` on the demo hospital, loopback only."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

#: How Chromium is started: as root it runs without its own sandbox.
LAUNCH = ["--no-sandbox", "--disable-gpu"]
#: Where webhooks may go: nobody listens there.
NOBODY = "http://127.0.0.1:9"


def free_port():
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def chromium():
    """The path of an installed Chromium, or None."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


def can_browse():
    """Say whether there is a Chromium, on the PATH or installed by playwright."""
    if chromium():
        return True
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def environment(instance, **more):
    """The environment of a development MidtLink with its own folder."""
    return os.environ | {
        "MIDTLINK_ENV": "development",
        "MIDTLINK_INSTANCE": str(instance),
        "HOST": "127.0.0.1",
        "WEBHOOK_ALLOWED": NOBODY,
        **{name: str(value) for name, value in more.items()},
    }


def run(*arguments, instance, **more):
    """Run a `midtlink` command to its end and return the finished process."""
    return subprocess.run(
        [sys.executable, "-m", "midtlink", *arguments],
        env=environment(instance, **more),
        capture_output=True,
        text=True,
        timeout=180,
    )


@contextmanager
def running(instance=None, *options, port=None, **more):
    """Run MidtLink for the length of the block; gives its address and its process.

    What it says goes to a file: nobody reads along, and a full pipe would stop it.
    """
    folder = Path(instance or tempfile.mkdtemp(prefix="midtlink-site-"))
    port = port or free_port()
    said = Path(tempfile.mkdtemp(prefix="midtlink-said-")) / "output.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "midtlink", "run", *options],
            env=environment(folder, PORT=port, **more),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield wait_for(f"http://127.0.0.1:{port}", process, said), process
    finally:
        stop(process)


def stop(process, seconds=30):
    """End the process with everything that it has started, politely first."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=seconds)
        raise


def wait_for(address, process, said, seconds=90):
    """Wait until the address answers, and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            raise AssertionError(f"midtlink run ended: {said.read_text()}")
        try:
            urllib.request.urlopen(f"{address}/log-ind", timeout=5).close()
            return address
        except urllib.error.HTTPError:
            return address
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}: {said.read_text()}")
