"""An end to a whole call, however slowly its answer drips in.

A timeout of a socket counts anew with every byte. So a timer shuts the connection down under
whoever reads from it; a duplicate of the socket stays ours while TLS takes over the socket itself.
"""

import contextlib
import socket
from threading import Lock, Timer
from types import TracebackType


class Deadline:
    """Shuts down what it watches when the time is up."""

    def __init__(self, seconds: float) -> None:
        self.has_passed = False
        self._timer = Timer(seconds, self._pass)
        self._timer.daemon = True
        self._lock = Lock()
        self._watched: list[socket.socket] = []

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        with self._lock:
            while self._watched:
                self._watched.pop().close()

    def watch(self, connected: socket.socket) -> None:
        """Shut this connection down too when the time is up, or at once where it is."""
        with self._lock:
            self._watched.append(connected.dup())
        if self.has_passed:
            self._pass()

    def _pass(self) -> None:
        self.has_passed = True
        with self._lock:
            for each in self._watched:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
