"""Headers that every answer carries, and the check that a write comes from our own pages."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import unquote

from flask import Flask, Response, abort, current_app, request

from midtlink.extensions import csrf

View = TypeVar("View", bound=Callable[..., Any])

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


def ignores_cookie(view: View) -> View:
    """Mark a view that a signed token in its address authorises, and nothing else.

    It must not look at who is signed in. Then no other site can borrow a sign-in for it, so it
    asks for no token of a form, which a mail program could not send.
    """
    view.ignores_cookie = True  # type: ignore[attr-defined]
    csrf.exempt(view)
    return view


def refuse_foreign_writes() -> None:
    """Refuse a write that a browser says comes from another site, before any token is looked at."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.method in SAFE_METHODS or getattr(view, "ignores_cookie", False):
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        abort(400)
    origin = request.headers.get("Origin")
    if origin and origin != "null" and origin != request.host_url.rstrip("/"):
        abort(400)


def add_headers(response: Response) -> Response:
    """Set the security headers, and forbid keeping anything but static files and feeds."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not any(getattr(response, name, False) for name in ("is_static_file", "is_feed")):
        response.headers["Cache-Control"] = "no-store"
        response.vary.add("Cookie")
    if not current_app.config["IS_DEVELOPMENT"] and not current_app.testing:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def is_safe_path(path: str) -> bool:
    """Say whether a redirect target stays on this server.

    It starts with one slash and holds no backslash, no control character and no second slash
    after the first, also when it is percent-decoded (twice, as some proxies do).
    """
    for form in (path, unquote(path), unquote(unquote(path))):
        if not form.startswith("/") or form.startswith("//") or "\\" in form:
            return False
        if any(ord(character) < 32 or ord(character) == 127 for character in form):
            return False
        if form.lstrip("/. \u00a0").startswith(("http:", "https:")):
            return False
    return True


def init_app(app: Flask) -> None:
    """Bind the check and the headers to the application."""
    app.before_request(refuse_foreign_writes)
    app.after_request(add_headers)
