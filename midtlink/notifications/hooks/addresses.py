"""Which addresses MidtLink calls: public ones over https, and those that the house has listed.

An address that an administrator types must not reach into the house's own network (server-side
request forgery). So every address that a name stands for is checked, and the call goes to the
very address that was checked: asking for the name twice could give two answers.
"""

import contextlib
import ipaddress
import re
import socket
from collections.abc import Collection
from typing import NamedTuple

from midtlink.refusals import Refused

URL = re.compile(
    r"(?P<scheme>https?)://(?P<host>\[[0-9a-f:.]+\]|[a-z0-9.-]+)(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>[/?][!-~]*)?",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
LONGEST_HOST = 253
PORTS = {"https": 443, "http": 80}
#: IANA's special-purpose addresses. Of IPv6 only 2000::/3 is public, so that everything which
#: wraps another address is refused: IPv4-mapped, NAT64, and within 2000::/3 Teredo and 6to4.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")
SPECIAL = [
    ipaddress.ip_network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
]


class Origin(NamedTuple):
    """Where a call goes, without what is asked for there."""

    scheme: str
    host: str
    port: int

    def __str__(self) -> str:
        """Write it as a Host header and the list of exceptions do."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


class Address(NamedTuple):
    """An address that may be called, as far as its letters tell."""

    origin: Origin
    #: Path and query.
    target: str


def read_address(url: str, allowed: Collection[Origin] = ()) -> Address:
    """Take an address apart. Raises Refused("url", ...) for one that is never called."""
    if "#" in url:
        raise Refused("url", "fragment")
    if "@" in url.partition("://")[2].partition("/")[0]:
        raise Refused("url", "credentials")
    address = _parsed(url)
    if address.origin not in allowed:
        _check_letters(address.origin)
    return address


def read_origins(listed: str) -> frozenset[Origin]:
    """Read the house's list of exceptions; what is more than scheme, host and port is left out."""
    found = set()
    for each in listed.split():
        match = URL.fullmatch(each)
        if match and (match["target"] or "/") == "/":
            found.add(_parsed(each).origin)
    return frozenset(found)


def addresses_of(origin: Origin, allowed: Collection[Origin] = ()) -> list[str]:
    """Ask what a name stands for, once. Raises Refused where any of it is not public."""
    try:
        found = resolve(origin.host, origin.port)
    except (OSError, UnicodeError):
        raise Refused("url", "unknown_host") from None
    if not found:
        raise Refused("url", "unknown_host")
    if origin not in allowed and not all(is_public(each) for each in found):
        raise Refused("url", "not_public")
    return found


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that a name stands for, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Say whether an address is one of the internet's."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if found.version == 6 and found not in PUBLIC_IPV6:
        return False
    return found.is_global and not any(found in network for network in SPECIAL)


def shortened(url: str) -> str:
    """Return where an address leads, for a page: the rest of it may be a secret."""
    with contextlib.suppress(Refused):
        origin = _parsed(url).origin
        return f"{origin.scheme}://{origin}/…"
    return "…"


def _parsed(url: str) -> Address:
    match = URL.fullmatch(url)
    if match is None or "\\" in url:
        raise Refused("url", "no_address")
    scheme, host = match["scheme"].lower(), match["host"].lower().strip("[]").removesuffix(".")
    port = int(match["port"] or PORTS[scheme])
    if not 0 < port < 65536 or not host or len(host) > LONGEST_HOST:
        raise Refused("url", "no_address")
    target = match["target"] or "/"
    return Address(Origin(scheme, host, port), target if target[0] == "/" else f"/{target}")


def _check_letters(origin: Origin) -> None:
    if origin.scheme != "https":
        raise Refused("url", "not_https")
    if origin.port != PORTS["https"]:
        raise Refused("url", "port")
    if _is_literal(origin.host):
        if not is_public(origin.host):
            raise Refused("url", "not_public")
    elif "." not in origin.host or origin.host.endswith((".localhost", ".local", ".internal")):
        raise Refused("url", "not_public")


def _is_literal(host: str) -> bool:
    """Say whether a host is an address, also one that only old programs read: 127.1, 0x7f.1."""
    return ":" in host or NUMBER.fullmatch(host.rpartition(".")[2]) is not None
