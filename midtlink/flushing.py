"""Writing now and then what a process has counted: in a thread, and once more at its end."""

import atexit
import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

log = logging.getLogger(__name__)
#: Seconds after which what was counted is written, full or not.
FLUSHED_EVERY = 10.0


class HasContext(Protocol):
    """What this module needs to know of the application."""

    def app_context(self) -> AbstractContextManager[object]:
        """Open the context in which the database answers."""


_started: dict[tuple[int, str], tuple[threading.Thread, threading.Event]] = {}
_starting = threading.Lock()


def start(app: HasContext, name: str, flush: Callable[[], None], is_full: threading.Event) -> None:
    """Flush every few seconds from now on, at once when full, and when the process ends."""
    with _starting:
        if (id(app), name) in _started:
            return
        stopping = threading.Event()
        thread = threading.Thread(
            target=_run, args=(app, name, flush, is_full, stopping), name=name, daemon=True
        )
        _started[id(app), name] = thread, stopping
    atexit.register(_flush_in, app, name, flush)
    thread.start()


def stop(app: HasContext, name: str, is_full: threading.Event) -> None:
    """End the thread and wait for it; what is counted then is written when the process ends."""
    with _starting:
        thread, stopping = _started.pop((id(app), name))
    stopping.set()
    is_full.set()
    thread.join()
    is_full.clear()


def _run(
    app: HasContext,
    name: str,
    flush: Callable[[], None],
    is_full: threading.Event,
    stopping: threading.Event,
) -> None:
    while not stopping.is_set():
        is_full.wait(FLUSHED_EVERY)
        _flush_in(app, name, flush)
        stopping.wait(1)


def _flush_in(app: HasContext, name: str, flush: Callable[[], None]) -> None:
    try:
        with app.app_context():
            flush()
    except Exception:
        log.exception("%s could not be written", name)
