"""`midtlink run`: the database brought up to date, then web server and sweeper as one command."""

import contextlib
import ipaddress
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_migrate import upgrade

from midtlink.configuring import BadConfiguration
from midtlink.extensions import db
from midtlink.resources import PACKAGE
from midtlink.sweeper import run_sweeper

#: Seconds that the processes get to end by themselves.
PATIENCE = 15


@click.command("run")
@click.option("--demo", is_flag=True, help="Fill an empty database with the demo hospital first.")
@with_appcontext
def run(demo: bool) -> None:
    """Start the web server and the sweeper (HOST and PORT: else 127.0.0.1:8000)."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    _refuse_to_leave_this_machine(host)
    warn_of_borrowed_addresses()
    upgrade()
    if demo:
        from midtlink.demo.commands import fill_if_empty
        from midtlink.search.indexing import build_if_missing

        fill_if_empty()
        build_if_missing()
    db.session.remove()
    db.engine.dispose()
    sys.exit(_supervise(host, port))


@click.command("sweep")
@with_appcontext
def sweep() -> None:
    """Work off what waits: the half of `run` that serves no pages."""
    run_sweeper(current_app._get_current_object())  # type: ignore[attr-defined]


def warn_of_borrowed_addresses() -> None:
    """Say that links are made from what a request calls us, where nothing says what we are."""
    config = current_app.config
    if not config["IS_DEVELOPMENT"] and not config["BASE_URL"] and not config["TRUSTED_HOSTS"]:
        click.echo("midtlink: BASE_URL is not set, so links trust the Host of a request", err=True)


def _refuse_to_leave_this_machine(host: str) -> None:
    is_local = host == "localhost"
    with contextlib.suppress(ValueError):
        is_local = is_local or ipaddress.ip_address(host).is_loopback
    if current_app.config["IS_DEVELOPMENT"] and not is_local:
        raise BadConfiguration(
            f"HOST={host} is beyond this machine: set MIDTLINK_ENV=production and a SECRET_KEY"
        )


def _supervise(host: str, port: str) -> int:
    logs = Path(current_app.config["INSTANCE"]) / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    environment = os.environ | {
        "MIDTLINK_LOGS": str(logs),
        "MIDTLINK_INSTANCE": str(current_app.config["INSTANCE"]),
    }
    commands = (
        [sys.executable, "-m", "gunicorn", "-c", str(PACKAGE / "server.py")],
        [sys.executable, "-m", "midtlink", "sweep"],
    )
    children = [subprocess.Popen(command, env=environment) for command in commands]  # noqa: S603 - ours
    stopping = _forward_signals(children)
    if _wait_until_it_answers(host, port, children):
        click.echo(f"MidtLink: http://{host}:{port}/   (Ctrl-C stops it)")
    while not stopping and all(child.poll() is None for child in children):
        time.sleep(0.2)
    return _stop(children, was_asked=bool(stopping))


def _forward_signals(children: list[subprocess.Popen[bytes]]) -> list[int]:
    stopping: list[int] = []

    def stop(number: int, _frame: FrameType | None) -> None:
        stopping.append(number)
        for child in children:
            if child.poll() is None:
                child.terminate()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    return stopping


def _wait_until_it_answers(host: str, port: str, children: list[subprocess.Popen[bytes]]) -> bool:
    for _ in range(300):
        if any(child.poll() is not None for child in children):
            return False
        try:
            urllib.request.urlopen(f"http://{host}:{port}/log-ind", timeout=5).close()
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _stop(children: list[subprocess.Popen[bytes]], *, was_asked: bool) -> int:
    for child in children:
        if child.poll() is None:
            child.terminate()
    end = time.monotonic() + PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, end - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
    return 0 if was_asked else 1
