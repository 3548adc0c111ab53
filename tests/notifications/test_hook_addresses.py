"""Which addresses are never called, however they are written."""

import socket

import pytest

from midtlink.notifications.hooks import addresses
from midtlink.notifications.hooks.addresses import (
    Origin,
    addresses_of,
    is_public,
    read_address,
    read_origins,
)
from midtlink.refusals import Refused

REFUSED = {
    "http://hooks.example.com/x": "not_https",
    "ftp://hooks.example.com/x": "no_address",
    "file:///etc/passwd": "no_address",
    "gopher://hooks.example.com/": "no_address",
    "//hooks.example.com/x": "no_address",
    "hooks.example.com": "no_address",
    "": "no_address",
    "https://": "no_address",
    "https:///x": "no_address",
    "https://anne:kode@hooks.example.com/": "credentials",
    "https://hooks.example.com@127.0.0.1/": "credentials",
    "https://hooks.example.com/#top": "fragment",
    "https://hooks.example.com:8443/": "port",
    "https://hooks.example.com:80/": "port",
    "https://hooks.example.com:0/": "no_address",
    "https://hooks.example.com:99999/": "no_address",
    "https://hooks.example.com\\@127.0.0.1/": "credentials",
    "https://hooks.example.com/\\..\\x": "no_address",
    "https://hooks.example.com/a b": "no_address",
    "https://hooks.example.com/\r\nX: y": "no_address",
    "https://hooks.example.com/æ": "no_address",
    "https://①②⑦.⓪.⓪.①/": "no_address",
    "https://ｅxample.com/": "no_address",
    "https://localhost/": "not_public",
    "https://localhost./": "not_public",
    "https://LOCALHOST/": "not_public",
    "https://x.localhost/": "not_public",
    "https://intranet/": "not_public",
    "https://printer.local/": "not_public",
    "https://127.0.0.1/": "not_public",
    "https://127.1/": "not_public",
    "https://2130706433/": "not_public",
    "https://017700000001/": "not_public",
    "https://0x7f000001/": "not_public",
    "https://0x7f.0.0.0x1/": "not_public",
    "https://0177.0.0.1/": "not_public",
    "https://8.8.2056/": "not_public",
    "https://8.8.8.8.8/": "not_public",
    "https://0.0.0.0/": "not_public",
    "https://10.20.30.40/": "not_public",
    "https://172.16.0.1/": "not_public",
    "https://172.31.255.255/": "not_public",
    "https://192.168.1.1/": "not_public",
    "https://169.254.169.254/latest/meta-data": "not_public",
    "https://100.64.0.1/": "not_public",
    "https://100.127.255.254/": "not_public",
    "https://192.0.0.8/": "not_public",
    "https://192.88.99.1/": "not_public",
    "https://198.18.0.1/": "not_public",
    "https://203.0.113.7/": "not_public",
    "https://224.0.0.1/": "not_public",
    "https://239.1.2.3/": "not_public",
    "https://240.0.0.1/": "not_public",
    "https://255.255.255.255/": "not_public",
    "https://[::]/": "not_public",
    "https://[::1]/": "not_public",
    "https://[::127.0.0.1]/": "not_public",
    "https://[::ffff:127.0.0.1]/": "not_public",
    "https://[::ffff:7f00:1]/": "not_public",
    "https://[::ffff:8.8.8.8]/": "not_public",
    "https://[64:ff9b::127.0.0.1]/": "not_public",
    "https://[64:ff9b:1::a00:1]/": "not_public",
    "https://[2002:7f00:1::]/": "not_public",
    "https://[2001:0:7f00:1::]/": "not_public",
    "https://[2001:db8::1]/": "not_public",
    "https://[fc00::1]/": "not_public",
    "https://[fd12:3456::1]/": "not_public",
    "https://[fe80::1]/": "not_public",
    "https://[fec0::1]/": "not_public",
    "https://[ff02::1]/": "not_public",
    "https://[100::1]/": "not_public",
    "https://[1::2::3]/": "not_public",
    "https://[fe80::1%25eth0]/": "no_address",
}
PUBLIC = (
    "https://hooks.example.com/workflows/ab12?sig=x%2Fy",
    "https://HOOKS.Example.com.:443",
    "https://hooks.example.com?key=1",
    "https://8.8.8.8/hook",
    "https://[2606:4700::1111]/hook",
)
PRIVATE = ("10.0.0.5", "127.0.0.1", "169.254.169.254", "::1", "::ffff:10.0.0.5", "64:ff9b::a00:5",
           "2002:a00:5::", "100.100.100.200", "fe80::1%eth0", "no address")  # fmt: skip


@pytest.fixture
def names(monkeypatch):
    """The names of the world, each with its addresses."""
    known = {}

    def resolve(host, _port):
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return known[host]

    monkeypatch.setattr(addresses, "resolve", resolve)
    return known


@pytest.mark.parametrize(("url", "code"), REFUSED.items())
def test_an_address_that_leads_into_the_house_is_refused(url, code):
    with pytest.raises(Refused, match=f"url: {code}"):
        read_address(url)


@pytest.mark.parametrize("url", PUBLIC)
def test_a_public_address_is_taken(url):
    assert read_address(url).origin.port == 443


def test_an_address_is_taken_apart():
    address = read_address("https://Hooks.Example.com.?key=1")
    assert address == (Origin("https", "hooks.example.com", 443), "/?key=1")
    assert str(address.origin) == "hooks.example.com"


@pytest.mark.parametrize("found", PRIVATE)
def test_a_name_for_something_private_is_refused(names, found):
    names["inside.example.com"] = [found]
    with pytest.raises(Refused, match="not_public"):
        addresses_of(Origin("https", "inside.example.com", 443))


def test_one_private_address_among_public_ones_is_enough(names):
    names["both.example.com"] = ["8.8.8.8", "10.0.0.5"]
    with pytest.raises(Refused, match="not_public"):
        addresses_of(Origin("https", "both.example.com", 443))


def test_a_name_that_nobody_knows_is_refused(names):
    for host in ("nowhere.example.com", "."):
        with pytest.raises(Refused, match="unknown_host"):
            addresses_of(Origin("https", host, 443))
    names["empty.example.com"] = []
    with pytest.raises(Refused, match="unknown_host"):
        addresses_of(Origin("https", "empty.example.com", 443))


def test_old_ways_to_write_this_machine_are_known_to_the_system_too():
    """What the letters let through, the system's own reading of it would not."""
    assert not any(is_public(each) for each in addresses.resolve("127.1", 443))


def test_an_exception_is_scheme_host_and_port_exactly():
    allowed = read_origins("https://int.hospital.dk:8443 http://127.0.0.1:8025/ https://[fd00::1]")
    assert len(allowed) == 3
    for url in ("https://int.hospital.dk:8443/x", "http://127.0.0.1:8025/y", "https://[FD00::1]/"):
        read_address(url, allowed)
    for url in (
        "http://int.hospital.dk:8443/x",
        "https://int.hospital.dk:8444/x",
        "https://sub.int.hospital.dk:8443/x",
        "https://127.0.0.1:8025/y",
        "http://127.0.0.1/",
        "http://127.0.0.2:8025/",
        "https://fd00::1/",
    ):
        with pytest.raises(Refused):
            read_address(url, allowed)


def test_what_is_no_exception_is_left_out():
    assert read_origins("") == frozenset()
    assert read_origins("https://*.hospital.dk 10.0.0.0/8 https://int.hospital.dk/path") == set()


def test_an_exception_may_be_private(names):
    names["int.hospital.dk"] = ["10.0.0.5"]
    (origin,) = read_origins("https://int.hospital.dk:8443")
    assert addresses_of(origin, {origin}) == ["10.0.0.5"]
