"""Calling an address that somebody typed: where it leads is checked, and what it costs bounded."""

import contextlib
import http.client
import socket
import ssl
from collections.abc import Collection, Mapping
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NamedTuple

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError

from midtlink import clock
from midtlink.notifications.hooks.addresses import Address, Origin, addresses_of, read_address
from midtlink.notifications.hooks.deadlines import Deadline
from midtlink.notifications.hooks.rules import CALLING, CONNECTING, MOST_READ, is_worth_another
from midtlink.refusals import Refused

#: What a call fails with: sockets and TLS, urllib3, and the protocol.
FAILURES = (OSError, HTTPError, http.client.HTTPException)


class Answer(NamedTuple):
    """What a call gave: a status, or why there is none. Nothing of what was answered is kept."""

    status: int | None
    #: A word of wording.ERRORS; none where all is well.
    error: str = ""
    #: It may go better another time.
    is_temporary: bool = False
    #: How long the receiver asks us to wait.
    asked_for: timedelta = timedelta(0)


class _Watched:
    """A connection whose end is watched from the moment when it is there."""

    deadline: Deadline

    def _new_conn(self) -> socket.socket:
        connected: socket.socket = super()._new_conn()  # type: ignore[misc]
        self.deadline.watch(connected)
        return connected


class _Http(_Watched, HTTPConnection):
    pass


class _Https(_Watched, HTTPSConnection):
    pass


def call(
    url: str, body: bytes, headers: Mapping[str, str], *, allowed: Collection[Origin] = ()
) -> Answer:
    """Send a body by POST. Never raises; follows no redirect; ends after ten seconds."""
    try:
        address = read_address(url, allowed)
        found = addresses_of(address.origin, allowed)
    except Refused as refused:
        return Answer(None, refused.code, is_temporary=refused.code == "unknown_host")
    with Deadline(CALLING) as deadline:
        for each in found:
            answer = _call(address, each, body, headers, deadline)
            if answer.error != "no_connection" or deadline.has_passed:
                break
    return answer


def _call(
    address: Address, at: str, body: bytes, headers: Mapping[str, str], deadline: Deadline
) -> Answer:
    connection = _connection(address.origin, at)
    connection.deadline = deadline
    try:
        connection.connect()
        connection.sock.settimeout(CALLING)
        connection.request(
            "POST",
            address.target,
            body=body,
            headers={**headers, "Host": str(address.origin), "User-Agent": "MidtLink"},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        if deadline.has_passed:  # What was cut off may look like the end of the headers.
            return Answer(None, "timeout", is_temporary=True)
        return _read(response)
    except FAILURES as error:
        name = "timeout" if deadline.has_passed else _name(error)
        return Answer(None, name, is_temporary=True)
    finally:
        connection.close()


def _connection(origin: Origin, at: str) -> Any:
    """Return a connection to the address that was checked, under the name that was asked for."""
    if origin.scheme == "http":
        return _Http(at, origin.port, timeout=CONNECTING)
    return _Https(
        at,
        origin.port,
        timeout=CONNECTING,
        ssl_context=ssl.create_default_context(),
        server_hostname=origin.host,
    )


def _read(response: Any) -> Answer:
    """Hear the answer out, within bounds: some programs stop working when nobody listens."""
    with contextlib.suppress(*FAILURES):
        response.read(MOST_READ)
    status = int(response.status)
    if 200 <= status < 300:
        return Answer(status)
    is_temporary = is_worth_another(status)
    error = "redirect" if 300 <= status < 400 else "status"
    waits = _asked_for(response.headers.get("Retry-After", "")) if is_temporary else timedelta(0)
    return Answer(status, error, is_temporary, waits)


def _asked_for(header: str) -> timedelta:
    """Read Retry-After: seconds, or a moment. What is neither asks for nothing."""
    with contextlib.suppress(ValueError, OverflowError, TypeError):
        if header.isdecimal():
            return timedelta(seconds=int(header))
        return max(timedelta(0), parsedate_to_datetime(header) - clock.now())
    return timedelta(0)


def _name(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return "certificate"
    if isinstance(error, ssl.SSLError):
        return "tls"
    if isinstance(error, NewConnectionError):  # Is a timeout too, to those who made it.
        return "no_connection"
    return "timeout" if isinstance(error, TimeoutError | ConnectTimeoutError) else "broken"
