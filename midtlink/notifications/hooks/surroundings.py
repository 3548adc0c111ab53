"""What hooks know of where MidtLink runs: its own address, and whom the house lets it call."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from midtlink.extensions import part_of_app
from midtlink.notifications.hooks.addresses import Origin, read_origins

#: What links begin with on a developer's machine, where nothing else is said.
THIS_MACHINE = "http://127.0.0.1:8000"


class Surroundings(NamedTuple):
    """Of the configuration, what hooks need."""

    base_url: str
    #: Addresses that may be called though they are neither public nor https.
    allowed: frozenset[Origin]


def surroundings() -> Surroundings:
    """Return them as the configuration says."""
    return part_of_app("hooks", _read)


def link_to(question_id: int | None) -> str:
    """Return the short address of a question, or that of MidtLink."""
    base = surroundings().base_url
    return f"{base}/s/{question_id}" if question_id else f"{base}/"


def _read(config: Mapping[str, Any]) -> Surroundings:
    base = str(config["BASE_URL"] or THIS_MACHINE).rstrip("/")
    return Surroundings(base, read_origins(str(config["WEBHOOK_ALLOWED"])))
