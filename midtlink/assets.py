"""Static files under one content hash: /static/<hash>/css/base.css, kept by browsers for a year."""

import gzip
import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, request, send_from_directory, url_for

from midtlink.access import ANYONE, allow
from midtlink.resources import PACKAGE

STATIC = PACKAGE / "static"
A_YEAR = 31_536_000
#: What gzip makes smaller: a first page must stay below 100 KB, and fonts are compressed already.
COMPRESSIBLE = (".css", ".js", ".svg")
#: All style sheets in one: twenty answers would cost 19 KB more, most of it headers.
SHEET = "css/all.css"


def content_hash(folder: Path) -> str:
    """Return 12 hexadecimal digits that change when any file below the folder changes."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:12]


def asset(path: str) -> str:
    """Return the address of a static file."""
    return url_for("static", build=current_app.config["STATIC_HASH"], path=path)


def sheet(folder: Path) -> bytes:
    """Join the style sheets below the folder; tokens.css comes first and orders the layers."""
    sheets = sorted(folder.glob("css/*.css"), key=lambda path: (path.stem != "tokens", path.stem))
    return b"\n".join(path.read_bytes() for path in sheets)


@allow(ANYONE, renews=False)
def static(build: str, path: str) -> Response:
    """Send a static file. An address with an old hash gets today's file, but may not keep it."""
    if not path.isprintable():
        abort(404)
    if path == SHEET:
        response = Response(sheet(STATIC), mimetype="text/css")
    else:
        response = send_from_directory(STATIC, path)
    response.is_static_file = True  # type: ignore[attr-defined]
    is_current = build == current_app.config["STATIC_HASH"]
    response.headers["Cache-Control"] = (
        f"public, max-age={A_YEAR}, immutable" if is_current else "no-cache"
    )
    return _compress(response, path)


def _compress(response: Response, path: str) -> Response:
    if not path.endswith(COMPRESSIBLE):
        return response
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.direct_passthrough = False
        response.set_data(_compressed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"
        response.headers.pop("Accept-Ranges", None)
    return response


@cache
def _compressed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)


def init_app(app: Flask) -> None:
    """Serve the static files."""
    app.config["STATIC_HASH"] = content_hash(STATIC)
    app.add_url_rule("/static/<build>/<path:path>", "static", static)
    app.jinja_env.globals["asset"] = asset
