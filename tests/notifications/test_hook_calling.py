"""Calls over real https: what is believed, what is followed, and when they end."""

from datetime import timedelta

import pytest

from midtlink.notifications.hooks import addresses, calling
from midtlink.notifications.hooks.addresses import read_origins
from midtlink.notifications.hooks.calling import Answer
from tests.notifications.hook_receivers import (
    Receiver,
    answers,
    authority,
    drips,
    drops,
    floods,
    hangs,
    receivers,
)

__all__ = ["authority", "receivers"]


def called(receiver, url=None, **headers):
    """Call a receiver that the house allows."""
    allowed = read_origins(receiver.origin)
    return calling.call(url or receiver.url, b"{}", headers, allowed=allowed)


@pytest.fixture
def hurry(monkeypatch):
    """Calls end soon."""
    monkeypatch.setattr(calling, "CALLING", 0.5)


def test_a_call_brings_body_path_and_headers(receivers):
    receiver = receivers()
    assert called(receiver, X_One="1") == Answer(200)
    (call,) = receiver.calls
    assert (call.path, call.body) == ("/hook?key=secret", b"{}")
    assert call.headers["Host"] == receiver.origin.removeprefix("https://")
    assert call.headers["X_One"] == "1" and call.headers["User-Agent"] == "MidtLink"


def test_nobody_is_called_without_an_exception(receivers):
    receiver = receivers()
    assert calling.call(receiver.url, b"{}", {}) == Answer(None, "port")
    assert calling.call("https://127.0.0.1/", b"{}", {}) == Answer(None, "not_public")
    assert receiver.calls == []


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_success_is_one(receivers, status):
    receiver = receivers()
    receiver.moods = [answers(status, b"")]
    assert called(receiver) == Answer(status)


@pytest.mark.parametrize("status", [408, 429, 500, 502, 503, 504])
def test_some_failures_may_go_better_later(receivers, status):
    receiver = receivers()
    receiver.moods = [answers(status)]
    assert called(receiver) == Answer(status, "status", is_temporary=True)


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 410, 413, 422])
def test_other_failures_stay(receivers, status):
    receiver = receivers()
    receiver.moods = [answers(status)]
    assert called(receiver) == Answer(status, "status")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_no_redirect_is_followed(receivers, status):
    receiver, other = receivers(), receivers()
    receiver.moods = [answers(status, Location=other.url)]
    assert called(receiver) == Answer(status, "redirect")
    assert other.calls == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Wed, 18 Nov 2026 22:45:00 GMT", 300), ("Wed, 18 Nov 2026 22:00:00 GMT", 0),
     ("soon", 0), ("-5", 0), ("9" * 40, 0), ("", 0)],
)  # fmt: skip
def test_a_receiver_may_ask_to_wait(receivers, clock, header, seconds):
    receiver = receivers()
    receiver.moods = [answers(429, Retry_After=header)]
    assert called(receiver).asked_for == timedelta(seconds=seconds)


@pytest.mark.parametrize("mood", [hangs, drips])
def test_a_call_ends_however_slowly_it_is_answered(receivers, hurry, mood):
    receiver = receivers()
    receiver.moods = [mood]
    assert called(receiver) == Answer(None, "timeout", is_temporary=True)


def test_a_success_counts_though_its_body_never_ends(receivers, hurry):
    receiver = receivers()
    receiver.moods = [floods]
    assert called(receiver) == Answer(200)


def test_a_handshake_that_never_ends_is_ended(hurry, monkeypatch):
    monkeypatch.setattr(calling, "CONNECTING", 30)
    receiver = Receiver()
    receiver.server.get_request = lambda accept=receiver.server.get_request: (
        kept.append(accept()) or kept[-1]
    )
    kept = []
    receiver.server.process_request = lambda *_: None  # Nobody says a word.
    try:
        url = receiver.url.replace("http:", "https:")
        answer = calling.call(url, b"{}", {}, allowed=read_origins(url.partition("/hook")[0]))
        assert answer == Answer(None, "timeout", is_temporary=True)
    finally:
        for connection, _ in kept:
            connection.close()
        receiver.close()


def test_who_hangs_up_may_be_called_again(receivers):
    receiver = receivers()
    receiver.moods = [drops]
    answer = called(receiver)
    assert answer.status is None and answer.is_temporary
    assert answer.error in ("broken", "tls")


def test_nobody_there_may_be_called_again(receivers):
    receiver = receivers()
    receiver.close()
    assert called(receiver) == Answer(None, "no_connection", is_temporary=True)


def test_the_certificate_must_bear_the_name(receivers):
    receiver = receivers("another.hospital.dk")
    assert called(receiver) == Answer(None, "certificate", is_temporary=True)
    assert receiver.calls == []


def test_the_certificate_must_be_of_somebody_known(receivers, monkeypatch):
    receiver = receivers()
    monkeypatch.delenv("SSL_CERT_FILE")
    assert called(receiver) == Answer(None, "certificate", is_temporary=True)
    assert receiver.calls == []


def test_the_call_goes_to_the_address_that_was_checked(receivers, monkeypatch):
    """A name whose second answer is another one is asked once; TLS still wants the name."""
    receiver = receivers("int.hospital.dk")
    answered = [["127.0.0.1"], ["192.0.2.1"]]
    monkeypatch.setattr(addresses, "resolve", lambda *_: answered.pop(0))
    url = receiver.url.replace("127.0.0.1", "int.hospital.dk")
    allowed = read_origins(url.partition("/hook")[0])
    assert calling.call(url, b"{}", {}, allowed=allowed) == Answer(200)
    assert len(answered) == 1
    assert receiver.calls[0].headers["Host"].startswith("int.hospital.dk:")


def test_the_next_address_is_tried_where_nobody_listens(receivers, monkeypatch):
    receiver = receivers("int.hospital.dk")
    monkeypatch.setattr(addresses, "resolve", lambda *_: ["127.0.0.2", "127.0.0.1"])
    url = receiver.url.replace("127.0.0.1", "int.hospital.dk")
    allowed = read_origins(url.partition("/hook")[0])
    assert calling.call(url, b"{}", {}, allowed=allowed) == Answer(200)


def test_an_exception_may_be_plain_http():
    receiver = Receiver()
    try:
        assert called(receiver) == Answer(200)
    finally:
        receiver.close()
