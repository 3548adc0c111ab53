"""Receivers of hooks on this machine, over https with certificates made for the test."""

import contextlib
import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
import trustme

from midtlink.notifications.hooks.addresses import read_origins
from midtlink.notifications.hooks.surroundings import Surroundings

#: Seconds after which a receiver that hangs lets go, if nobody has hung up before.
LETS_GO = 60


class Call(NamedTuple):
    """One call that a receiver was made."""

    path: str
    headers: dict
    body: bytes

    @property
    def told(self):
        """What the body says."""
        return json.loads(self.body)


class Receiver:
    """A program that is called. `moods` are for the next calls; then it answers 200."""

    def __init__(self, context=None):
        self.calls, self.moods, self.arrived = [], [], threading.Condition()
        self.most_at_once, self.let_go = 0, threading.Event()
        self._running = 0
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.server.daemon_threads = True
        self.server.handle_error = lambda *_: None
        self.scheme = "https" if context else "http"
        if context:
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self.thread.start()

    @property
    def origin(self):
        return f"{self.scheme}://127.0.0.1:{self.server.server_address[1]}"

    @property
    def url(self):
        return f"{self.origin}/hook?key=secret"

    def close(self):
        self.let_go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def wait_for(self, count):
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.calls) >= count, timeout=20)

    def _handler(receiver):  # noqa: N805 - the handler is the one that says self
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.arrived:
                    receiver._running += 1
                    receiver.most_at_once = max(receiver.most_at_once, receiver._running)
                    mood = receiver.moods.pop(0) if receiver.moods else answers(200)
                    receiver.calls.append(Call(self.path, dict(self.headers), body))
                    receiver.arrived.notify_all()
                with contextlib.suppress(OSError):
                    mood(self, receiver)
                with receiver.arrived:
                    receiver._running -= 1

            def log_message(self, *_):
                pass

        return Handler


def answers(status, body=b"ok", **headers):
    """A mood: answer with a status."""

    def answer(handler, _receiver):
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def hangs(_handler, receiver):
    """A mood: say nothing."""
    receiver.let_go.wait(LETS_GO)


def waits_for_a_fifth(handler, receiver):
    """A mood: answer 200 when five are calling, or when the fifth does not come."""
    with receiver.arrived:
        receiver.arrived.wait_for(lambda: receiver.most_at_once > 4, timeout=0.4)
    answers(200)(handler, receiver)


def drips(handler, receiver):
    """A mood: send a header without end, a byte now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not receiver.let_go.wait(0.05):
        handler.wfile.write(b"x")


def floods(handler, receiver):
    """A mood: answer 200 with a body without end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not receiver.let_go.is_set():
        handler.wfile.write(b"x" * 10_000)


def drops(handler, _receiver):
    """A mood: hang up."""
    handler.connection.close()


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """A certificate authority that this process believes in."""
    made = trustme.CA()
    made.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    return made


@pytest.fixture
def receivers(authority):
    """Make receivers whose certificate bears these names."""
    made = []

    def make(*names):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert(*(names or ("127.0.0.1",))).configure_cert(context)
        made.append(Receiver(context))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def house(app, monkeypatch):
    """Let the house call these receivers, beside public addresses."""

    def allow(*called):
        origins = read_origins(" ".join(each.origin for each in called))
        known = Surroundings("https://midtlink.example", origins)
        monkeypatch.setitem(app.extensions.setdefault("midtlink", {}), "hooks", known)

    return allow


@pytest.fixture
def receiver(receivers, house):
    """One receiver that the house may call."""
    made = receivers()
    house(made)
    return made
