"""What the tests of notices ask for: mail that is switched on."""

import pytest

from tests.notifications.post_office import PostOffice, listening


@pytest.fixture
def mail(app, monkeypatch):
    """Mail is on; nothing is sent by itself. Returns the configuration, to be changed."""
    wanted = {
        "MAIL_HOST": "127.0.0.1",
        "MAIL_PORT": 1,
        "MAIL_SECURITY": "none",
        "MAIL_USERNAME": "",
        "MAIL_PASSWORD": "",
        "MAIL_FROM": "MidtLink <midtlink@hospital.example>",
        "MAIL_TIMEOUT": 1,
        "BASE_URL": "https://midtlink.example",
    }
    for name, value in wanted.items():
        monkeypatch.setitem(app.config, name, value)
    return app.config


@pytest.fixture
def office(mail):
    """A mail server that accepts everything, and that MidtLink knows."""
    found = PostOffice()
    with listening(found) as port:
        mail["MAIL_PORT"] = port
        yield found
