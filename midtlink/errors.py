"""Error pages in the product's language. They keep what was typed, so that nobody loses a text."""

import logging

from flask import Flask, Response, current_app, render_template, request
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from midtlink.access import NotAllowed, NotFound
from midtlink.extensions import db
from midtlink.refusals import BadInput, Conflict, TooMany

log = logging.getLogger(__name__)
#: The statuses that have a page of their own; others get the nearest of them.
PAGES = (400, 401, 403, 404, 409, 413, 429, 500, 503)
#: Fields that are shown again on an error page. Never a password or a token.
TYPED = ("title", "body", "text", "note", "reason", "summary", "description", "about")


STATUS_OF = {NotAllowed: 403, NotFound: 404, Conflict: 409, TooMany: 429, BadInput: 400}


def error_page(status: int) -> tuple[str, int]:
    """Render the page of a status, with what was typed."""
    db.session.rollback()
    page = status if status in PAGES else (400 if status < 500 else 500)
    return render_template(f"errors/{page}.html", status=status, typed=typed_texts(status)), status


def typed_texts(status: int) -> dict[str, str]:
    """Return the texts of the form that was sent, except where reading it is what failed."""
    if status == 413 or request.method in ("GET", "HEAD"):
        return {}
    try:
        return {name: request.form[name] for name in TYPED if request.form.get(name, "").strip()}
    except RequestEntityTooLarge:
        return {}


def init_app(app: Flask) -> None:
    """Register a page for every kind of failure."""
    app.register_error_handler(SecurityError, _foreign_host)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DBAPIError, _database_error)
    app.register_error_handler(Exception, _unexpected_error)
    for kind, status in STATUS_OF.items():
        app.register_error_handler(kind, lambda error, status=status: error_page(status))


def _foreign_host(_error: SecurityError) -> Response:
    """Tell where we are to a request for another host: a page would need that host's addresses."""
    words = f"MidtLink: {current_app.config['BASE_URL']}\n"
    return Response(words, 400, mimetype="text/plain")


def _http_error(error: HTTPException) -> tuple[str, int, dict[str, str]]:
    kept = {key: value for key, value in error.get_headers() if key in ("Allow", "Retry-After")}
    return *error_page(error.code or 500), kept


def _database_error(error: DBAPIError) -> tuple[str, int, dict[str, str]]:
    """A database that is full, busy or gone: nothing was saved, and trying again may help."""
    log.exception("the database refused: %s", type(error.orig).__name__)
    return *error_page(503), {"Retry-After": "10"}


def _unexpected_error(error: Exception) -> tuple[str, int]:
    log.exception("unexpected %s", type(error).__name__)
    return error_page(500)
