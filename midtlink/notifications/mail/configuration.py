"""Whether mail is on, which server takes it, and the addresses that stand in mails."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from midtlink.configuring import MAIL_PORTS
from midtlink.extensions import part_of_app

#: Where a developer's MidtLink is, when nothing else is said.
DEVELOPMENT = "http://127.0.0.1:8000"


@dataclass(frozen=True)
class Server:
    """The hospital's mail server, and how it is spoken to."""

    host: str
    port: int
    security: str
    username: str
    password: str
    timeout: int
    #: What we call ourselves when we speak to it; looking that up could take for ever.
    own_name: str


def is_on() -> bool:
    """Say whether there is a mail server: without one no mail is made."""
    return bool(_config()["MAIL_HOST"])


def server() -> Server:
    """Return the mail server of the configuration."""
    config = _config()
    return Server(
        host=config["MAIL_HOST"],
        port=config["MAIL_PORT"] or MAIL_PORTS[config["MAIL_SECURITY"]],
        security=config["MAIL_SECURITY"],
        username=config["MAIL_USERNAME"],
        password=config["MAIL_PASSWORD"],
        timeout=config["MAIL_TIMEOUT"],
        own_name=host(),
    )


def sender() -> Address:
    """Return whom mails are from."""
    name, address = parseaddr(_config()["MAIL_FROM"])
    return Address(display_name=name or "MidtLink", addr_spec=address)


def link_to(path: str) -> str:
    """Return the whole address of a page. No request is asked what we are called."""
    return (_config()["BASE_URL"] or DEVELOPMENT).rstrip("/") + path


def host() -> str:
    """Return the name that stands after the @ of a mail's id."""
    return urlsplit(link_to("/")).hostname or "localhost"


def secret() -> str:
    """Return what the addresses that unsubscribe are signed with."""
    return str(_config()["SECRET_KEY"])


def _config() -> Mapping[str, Any]:
    return part_of_app("configuration", lambda config: config)
