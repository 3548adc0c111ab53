"""The engine of this application, the one that its configuration names."""

import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from midtlink.extensions import part_of_app
from midtlink.flushing import HasContext
from midtlink.search.backends.null import NullBackend
from midtlink.search.backends.whoosh import WhooshBackend
from midtlink.search.protocol import Backend
from midtlink.search.synonyms import groups

log = logging.getLogger(__name__)

Groups = Callable[[], list[list[str]]]

BACKENDS: dict[str, Callable[[Path, Groups], Backend]] = {
    "whoosh": WhooshBackend,
    "null": lambda _folder, _synonyms: NullBackend(),
}


def engine() -> Backend:
    """Return the engine; opening its index waits until something is looked for."""
    return part_of_app("search", _make)


def start(app: HasContext) -> None:
    """Let a server's engine get ready beside its first questions."""
    threading.Thread(target=_warm, args=(app,), name="warming", daemon=True).start()


def _warm(app: HasContext) -> None:
    try:
        with app.app_context():
            engine().warm()
    except Exception:
        log.exception("the search could not be made ready")


def engine_knowing(synonyms: list[list[str]]) -> Backend:
    """Return an engine on the same index that knows these synonyms: to look, never to write."""
    make = part_of_app("search with synonyms", lambda config: partial(_make, config))
    return make(lambda: synonyms)


def _make(config: Mapping[str, Any], synonyms: Groups = groups) -> Backend:
    return BACKENDS[config["SEARCH_BACKEND"]](Path(config["INSTANCE"]) / "search", synonyms)
