"""What the tests of notices ask for: mail that is switched on."""

import pytest


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
