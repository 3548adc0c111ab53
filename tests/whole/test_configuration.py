"""T39, T44: what a configuration may not be, and what follows from a good one."""

import stat

import pytest
from flask import request

from midtlink import create_app
from midtlink.configuring import BadConfiguration
from midtlink.running import warn_of_borrowed_addresses
from tests.browser.site import run

KEY = "kJh7sdf8JHGjhg76sdfkjhKJHG87sd6f5KJHG"


def production(tmp_path, **more):
    return create_app("production", INSTANCE=tmp_path, SECRET_KEY=KEY, **more)


@pytest.mark.parametrize("key", ["", "short", "a" * 64, "abababab" * 8])
def test_t44_no_start_without_a_strong_key(tmp_path, key):
    with pytest.raises(BadConfiguration, match="SECRET_KEY"):
        create_app("production", INSTANCE=tmp_path, SECRET_KEY=key)
    assert not (tmp_path / "secret_key").exists()


def test_t44_no_start_with_debugging(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadConfiguration, match="FLASK_DEBUG"):
        production(tmp_path)


def test_t44_no_console_and_no_trace_on_an_error_page(tmp_path):
    client = production(tmp_path).test_client()
    assert client.get("/console").status_code == 404
    page = client.get("/adgang/x")  # Nothing has made the database's tables yet.
    assert page.status_code == 503
    assert b"Traceback" not in page.data and b"sqlite" not in page.data


def test_t40_production_cookie_is_bound_to_the_host(tmp_path):
    app = production(tmp_path)
    with app.test_request_context(base_url="https://midtlink.example"):
        kept = app.make_response("")
        session = app.session_interface.open_session(app, request)
        session["language"] = "da"
        app.session_interface.save_session(app, session, kept)
    cookie = kept.headers["Set-Cookie"]
    assert cookie.startswith("__Host-midtlink=")
    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in cookie.split("; ")
    assert "Domain" not in cookie


@pytest.mark.parametrize("base", ["midtlink.example", "javascript:alert(1)", "https://"])
def test_t39_base_url_is_an_address(tmp_path, base):
    with pytest.raises(BadConfiguration, match="BASE_URL"):
        production(tmp_path, BASE_URL=base)


MAIL = {
    "MAIL_HOST": "smtp.example",
    "MAIL_FROM": "MidtLink <midtlink@hospital.example>",
    "BASE_URL": "https://midtlink.example",
}


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"BASE_URL": ""}, "BASE_URL"),
        ({"MAIL_FROM": ""}, "MAIL_FROM"),
        ({"MAIL_FROM": "midtlink"}, "MAIL_FROM"),
        ({"MAIL_FROM": "a@b.dk\nBcc: c@d.dk"}, "MAIL_FROM"),
        ({"MAIL_SECURITY": "ssl"}, "MAIL_SECURITY"),
        ({"MAIL_SECURITY": "none", "MAIL_PASSWORD": "x"}, "MAIL_PASSWORD"),
        ({"MAIL_TIMEOUT": 31}, "MAIL_TIMEOUT"),
        ({"MAIL_TIMEOUT": 0}, "MAIL_TIMEOUT"),
    ],
    ids=str,
)
def test_mail_that_could_not_be_sent_or_followed_is_refused(tmp_path, wrong, named):
    with pytest.raises(BadConfiguration, match=named):
        production(tmp_path, **MAIL | wrong)
    assert production(tmp_path, **MAIL)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "midtlink.example.evil.example"},
        {"Host": "midtlink.example@evil.example"},
        {"Host": "evil.example:443"},
    ],
    ids=str,
)
def test_t39_foreign_host_is_refused(tmp_path, headers):
    client = production(tmp_path, BASE_URL="https://midtlink.example").test_client()
    for path in ("/log-ind", "/q/1", "/adgang/x", "/static/x/css/base.css"):
        assert client.get(path, headers=headers).status_code == 400


def test_t39_forwarded_host_is_not_believed_without_a_proxy(tmp_path):
    client = production(tmp_path, BASE_URL="https://midtlink.example").test_client()
    forged = {"X-Forwarded-Host": "evil.example", "Forwarded": "host=evil.example"}
    answer = client.get("/findes-ikke", headers=forged | {"Host": "midtlink.example"})
    assert answer.status_code == 404 and b"evil" not in answer.data


def test_t39_production_without_an_address_says_so(tmp_path, capsys):
    for base, told in (("", True), ("https://midtlink.example", False)):
        with production(tmp_path, BASE_URL=base).app_context():
            warn_of_borrowed_addresses()
        assert ("BASE_URL" in capsys.readouterr().err) is told


def test_t44_what_is_written_is_for_the_own_account_alone(tmp_path):
    instance = tmp_path / "instance"
    assert run("db", "upgrade", instance=instance).returncode == 0
    modes = {path: stat.S_IMODE(path.stat().st_mode) for path in (instance, *instance.iterdir())}
    assert len(modes) > 2
    assert not [path for path, mode in modes.items() if mode & 0o077]
