"""gunicorn's configuration: where it listens, how many workers, and a log that keeps secrets."""

import os
import re
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from midtlink.logs import Discreet
from midtlink.privacy import mask
from midtlink.questions import viewing
from midtlink.search import counting, engine

#: What alone authorises: a link to a password, the key of a feed, the token of a mail.
LINK_SECRET = re.compile(r"^(/+(?:adgang|feed|afmeld)/+).+", re.S)
#: The title in a question's address, and a tag: both can be removed for ever, a log cannot.
TYPED_WORDS = re.compile(r"^(/+q/+[0-9]+/+|/+tag/+)[^/]+", re.S)


class PathLogger(Logger):  # type: ignore[misc]
    """An access log of method, path and status: no query, and no CPR number in a path either."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(Discreet(self.error_fmt, self.datefmt))

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {"U": loggable(environ.get("PATH_INFO", ""))}


def loggable(path: str) -> str:
    """Return a path without what must not be kept: a CPR number, a link's secret, a title.

    The server gives the path's bytes as Latin-1. It stays on its own line of the log.
    """
    seen = path.encode("latin-1", "replace").decode("utf-8", "replace")
    masked = mask(TYPED_WORDS.sub(r"\1…", LINK_SECRET.sub(r"\1…", seen)))
    return "".join(sign if sign.isprintable() else "�" for sign in masked)


def post_worker_init(worker: Any) -> None:
    """Let each worker write the views and searches that it counts, and get ready to search."""
    viewing.start(worker.wsgi)
    counting.start(worker.wsgi)
    engine.start(worker.wsgi)


LOGS = Path(os.environ["MIDTLINK_LOGS"])

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "2"))
threads = 4
worker_class = "gthread"
wsgi_app = "midtlink:create_app()"
#: As long an address as gunicorn can be told to take; the pages cut what they read of it.
limit_request_line = 8190
graceful_timeout = 10
timeout = 30
max_requests = 20_000
max_requests_jitter = 2_000
logger_class = PathLogger
accesslog = str(LOGS / "access.log")
access_log_format = "%(t)s %(s)s %(m)s %(U)s %(M)sms %(B)s"
errorlog = "-"
loglevel = "warning"
