"""Configuration, read from the environment when the application is made. No logic lives here."""

import os
from datetime import timedelta
from pathlib import Path


class Base:
    """What every environment shares; the environment variables are listed in the README."""

    SECRET_KEY = os.environ.get("SECRET_KEY", "")
    SQLALCHEMY_DATABASE_URI = os.environ.get("DATABASE_URL", "")
    BASE_URL = os.environ.get("BASE_URL", "")
    TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))
    TRUSTED_HOSTS = (
        os.environ["TRUSTED_HOSTS"].split(",") if "TRUSTED_HOSTS" in os.environ else None
    )

    # A question is at most 40,000 characters, and no form holds files. What is far too long is
    # still read, up to a million characters, so that the page can give it back.
    MAX_CONTENT_LENGTH = 4_000_000
    MAX_FORM_MEMORY_SIZE = 4_000_000
    MAX_FORM_PARTS = 100

    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    PERMANENT_SESSION_LIFETIME = timedelta(hours=24)
    # A token is as old as its sign-in at most: the row behind the cookie is what ends.
    WTF_CSRF_TIME_LIMIT = None
    WTF_CSRF_SSL_STRICT = False

    # Without a host no mail is made. A port of 0 is the usual one of the way it is secured.
    MAIL_HOST = os.environ.get("MAIL_HOST", "")
    MAIL_PORT = int(os.environ.get("MAIL_PORT", "0"))
    MAIL_USERNAME = os.environ.get("MAIL_USERNAME", "")
    MAIL_PASSWORD = os.environ.get("MAIL_PASSWORD", "")
    MAIL_SECURITY = os.environ.get("MAIL_SECURITY", "starttls")
    MAIL_FROM = os.environ.get("MAIL_FROM", "")
    MAIL_TIMEOUT = int(os.environ.get("MAIL_TIMEOUT", "10"))

    # Addresses that webhooks may call though they are neither public nor https, by spaces:
    # "https://integration.hospital.dk:8443 http://127.0.0.1:8025". Scheme, host and port count.
    WEBHOOK_ALLOWED = os.environ.get("WEBHOOK_ALLOWED", "")

    SEARCH_BACKEND = os.environ.get("SEARCH_BACKEND", "whoosh")

    BABEL_DEFAULT_LOCALE = "da"
    BABEL_DEFAULT_TIMEZONE = "Europe/Copenhagen"
    LANGUAGES = ("da", "en")
    IS_DEVELOPMENT = False


class Development(Base):
    """A developer's machine, and `make run`: plain http on the loopback address."""

    SESSION_COOKIE_NAME = "midtlink"
    SESSION_COOKIE_SECURE = False
    IS_DEVELOPMENT = True


class Test(Base):
    """The test suite."""

    TESTING = True
    SECRET_KEY = "a key that only the tests use, long enough to be accepted"  # noqa: S105
    SESSION_COOKIE_NAME = "midtlink"
    SESSION_COOKIE_SECURE = False
    SQLALCHEMY_DATABASE_URI = ""
    TRUSTED_HOSTS = None
    MAIL_HOST = ""
    WEBHOOK_ALLOWED = ""


class Production(Base):
    """The hospital: https only, so the cookie is bound to the host."""

    SESSION_COOKIE_NAME = "__Host-midtlink"
    SESSION_COOKIE_SECURE = True
    SESSION_COOKIE_PATH = "/"


ENVIRONMENTS = {"development": Development, "test": Test, "production": Production}
INSTANCE = Path(os.environ.get("MIDTLINK_INSTANCE") or "instance")
# The default serves this machine only: `midtlink run` refuses another HOST in development.
ENVIRONMENT = os.environ.get("MIDTLINK_ENV", "development")
