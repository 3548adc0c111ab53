"""How long an address the web server takes."""

from importlib import import_module

from gunicorn.config import Config
from gunicorn.http.parser import RequestParser


def test_a_long_search_reaches_the_application(monkeypatch, tmp_path):
    monkeypatch.setenv("MIDTLINK_LOGS", str(tmp_path))
    config = Config()
    config.set("limit_request_line", import_module("midtlink.server").limit_request_line)
    sent = f"GET /soeg?q={'a' * 8_000} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
    request = next(RequestParser(config, iter([sent]), ("127.0.0.1", 1)))
    assert len(request.query) == 8_002
