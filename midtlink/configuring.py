"""Making the application from its configuration: secrets, the instance folder, the domains."""

import os
import secrets
from email.headerregistry import Address
from email.utils import parseaddr
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from midtlink.database import prepare
from midtlink.extensions import db
from midtlink.resources import PACKAGE, configuration

#: From left to right: a domain may lean on those before it (tests/whole/test_architecture.py).
DOMAINS = (
    "settings",
    "people",
    "topics",
    "questions",
    "moderation",
    "reputation",
    "search",
    "notifications",
    "importing",
    "audit",
    "demo",
)
SHORTEST_KEY = 32
#: How the way to the mail server is secured, and the usual port of each.
MAIL_PORTS = {"none": 25, "starttls": 587, "tls": 465}
#: Seconds that a mail server gets to answer: less than a lane's lease, whatever it is asked.
LONGEST_MAIL_TIMEOUT = 30


class BadConfiguration(RuntimeError):
    """MidtLink refuses to start like this; the message says what to set."""


def configure(app: Flask, environment: str | None, overrides: dict[str, object]) -> None:
    """Fill app.config, make the instance folder and refuse a configuration that is not safe."""
    config = configuration()
    name = environment or config.ENVIRONMENT
    if name not in config.ENVIRONMENTS:
        raise BadConfiguration(f"MIDTLINK_ENV must be one of {', '.join(config.ENVIRONMENTS)}")
    app.config.from_object(config.ENVIRONMENTS[name])
    app.config["INSTANCE"] = config.INSTANCE
    app.config.update(overrides)
    app.config["INSTANCE"] = _make_instance(Path(str(app.config["INSTANCE"])))
    if app.config["IS_DEVELOPMENT"]:
        app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or _own_key(app.config["INSTANCE"])
    _refuse_weak_secrets(app)
    _trust_own_host(app)
    _refuse_unusable_mail(app)
    uri = str(app.config["SQLALCHEMY_DATABASE_URI"])
    app.config["SQLALCHEMY_DATABASE_URI"] = uri or f"sqlite:///{app.config['INSTANCE']}/midtlink.db"
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(
        app.config["SQLALCHEMY_DATABASE_URI"]
    ) | app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(PACKAGE / "translations")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, 0, 0)  # type: ignore[method-assign]


def prepare_database(app: Flask) -> None:
    """Set up the engine's connections."""
    with app.app_context():
        prepare(db.engine)


def register_domains(app: Flask) -> None:
    """Load each domain's tables, listeners, pages and commands, in their order."""
    for domain in DOMAINS:
        for part in ("models", "records", "subscribers", "sweeping"):
            load(domain, part)
        if views := load(domain, "views"):
            app.register_blueprint(views.pages)
        if commands := load(domain, "commands"):
            for command in commands.COMMANDS:
                app.cli.add_command(command)


def load(domain: str, part: str) -> Any:
    """Import a domain's module such as `views`; None where the domain has none."""
    name = f"midtlink.{domain}.{part}"
    path = PACKAGE / domain / part
    if path.with_suffix(".py").exists() or (path / "__init__.py").exists():
        return import_module(name)
    return None


def _refuse_weak_secrets(app: Flask) -> None:
    key = str(app.config["SECRET_KEY"])
    if app.testing:
        return
    if len(key) < SHORTEST_KEY or len(set(key)) < 10:
        raise BadConfiguration(
            "SECRET_KEY must be set to at least 32 random characters outside development; "
            f"this one would do: {secrets.token_urlsafe(32)}"
        )
    if app.debug and not app.config["IS_DEVELOPMENT"]:
        raise BadConfiguration("FLASK_DEBUG must not be set outside development")


def _trust_own_host(app: Flask) -> None:
    """Answer to the name in BASE_URL alone, and to this machine, which asks whether we are up."""
    base = str(app.config["BASE_URL"])
    if not base:
        return
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadConfiguration("BASE_URL must be an address such as https://midtlink.hospital.dk")
    if app.config["TRUSTED_HOSTS"] is None:
        app.config["TRUSTED_HOSTS"] = [parts.hostname, "localhost", "127.0.0.1"]


def _refuse_unusable_mail(app: Flask) -> None:
    """Refuse a mail server that could not be used, or would be told the password by anybody."""
    config = app.config
    if not config["MAIL_HOST"]:
        return
    if config["MAIL_SECURITY"] not in MAIL_PORTS:
        raise BadConfiguration(f"MAIL_SECURITY must be one of {', '.join(MAIL_PORTS)}")
    if not 1 <= config["MAIL_TIMEOUT"] <= LONGEST_MAIL_TIMEOUT:
        raise BadConfiguration(f"MAIL_TIMEOUT must be 1 to {LONGEST_MAIL_TIMEOUT} seconds")
    if not _is_address(str(config["MAIL_FROM"])):
        raise BadConfiguration("MAIL_FROM must be an address such as midtlink@hospital.dk")
    if config["IS_DEVELOPMENT"]:
        return
    if not config["BASE_URL"]:
        raise BadConfiguration("BASE_URL must be set where MAIL_HOST is: mails hold links")
    if config["MAIL_SECURITY"] == "none" and config["MAIL_PASSWORD"]:
        raise BadConfiguration("MAIL_PASSWORD must not be sent unsecured: set MAIL_SECURITY")


def _is_address(written: str) -> bool:
    """Say whether a text is an address, with or without a name before it."""
    try:
        Address(addr_spec=parseaddr(written)[1])
    except (ValueError, IndexError):
        return False
    return "@" in written and written.isascii() and written.isprintable()


def _make_instance(folder: Path) -> Path:
    folder = folder.absolute()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _own_key(instance: Path) -> str:
    """Return the key of a development instance, made at random when it is first needed."""
    path = instance / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_urlsafe(48)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key


def _engine_options(uri: str) -> dict[str, object]:
    """Return how the engine is made; what a statement carries never stands in an error."""
    options: dict[str, object] = {"hide_parameters": True}
    if uri.startswith("postgresql"):
        options |= {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8}
    return options
