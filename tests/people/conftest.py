"""Counting statements, and hashing that does not take a second a test."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from midtlink.extensions import db
from midtlink.people import hashing

CHEAP = hashing.PasswordHasher(1, 8, 1)


@pytest.fixture(autouse=True)
def cheap_hash(monkeypatch, request):
    """Argon2 as always, but with the least rounds and memory."""
    if not request.node.get_closest_marker("full_hash"):
        monkeypatch.setattr(hashing, "_hasher", CHEAP)


@pytest.fixture
def statements(app):
    """A context in which the statements that are sent are listed."""

    @contextmanager
    def listed():
        sent = []
        listener = lambda *args: sent.append(args[2])  # noqa: E731
        event.listen(db.engine, "before_cursor_execute", listener)
        yield sent
        event.remove(db.engine, "before_cursor_execute", listener)

    return listed()


def pytest_configure(config):
    config.addinivalue_line("markers", "full_hash: hashes as in production")
