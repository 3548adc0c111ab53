"""Who may call what. Every endpoint declares it; one that declares nothing is refused."""

from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from flask import Flask, abort, current_app, redirect, request, url_for
from flask_login import current_user

View = TypeVar("View", bound=Callable[..., Any])

#: Anyone who reaches the server: sign-in, static files, error pages.
ANYONE = "anyone"
#: Everyone who is signed in and active.
MEMBER = "member"
#: IT's reviewers.
REVIEWER = "it"
MODERATOR = "moderator"
ADMINISTRATOR = "administrator"
ROLES = (REVIEWER, MODERATOR, ADMINISTRATOR)
#: Methods that neither show a page nor write: programs use them, people at a screen do not.
ASKING_ONLY = ("HEAD", "OPTIONS")


class HasRoles(Protocol):
    """What this module needs to know of a person."""

    def has_role(self, *roles: str) -> bool:
        """Say whether the person holds one of the roles."""


class NotAllowed(Exception):
    """A person tried what they may not do. The page answers 403."""

    def __init__(self, by: object, action: str, subject: object = None) -> None:
        super().__init__(f"{by!r} may not {action} {subject!r}")
        self.action = action


class NotFound(Exception):
    """There is no such thing, or not for this person: both look the same. The page answers 404."""


def allow(*who: str, renews: bool = True) -> Callable[[View], View]:
    """Declare who may call a view.

    `renews=False` marks what a page does by itself (polling, autosave, previews): it never counts
    as a sign of life from the person in front of the screen.
    """

    def declare(view: View) -> View:
        view.access = who  # type: ignore[attr-defined]
        view.renews = renews  # type: ignore[attr-defined]
        return view

    return declare


def current_person() -> Any:
    """Return the person who is signed in, or None. Views hand it to verbs as `by=`."""
    return getattr(current_user, "person", None)


def check_access() -> Any:
    """Refuse a request whose endpoint does not admit the person. Runs before every request."""
    if request.endpoint is None:
        return None  # Flask answers 404 or 405 itself.
    who = getattr(current_app.view_functions[request.endpoint], "access", ())
    if ANYONE in who:
        return None
    if not current_user.is_authenticated:
        return _ask_to_sign_in()
    if MEMBER in who or current_person().has_role(*who):
        return None
    return abort(403)


def renews_sign_in() -> bool:
    """Say whether this request shows that somebody sits at the screen."""
    if request.method in ASKING_ONLY:
        return False
    view = current_app.view_functions.get(request.endpoint or "")
    return bool(getattr(view, "renews", False))


def _ask_to_sign_in() -> Any:
    if request.method == "GET" and request.headers.get("HX-Request") != "true":
        here = request.full_path.rstrip("?")
        return redirect(url_for("people.sign_in_page", next=here), 303)
    return abort(401)


def init_app(app: Flask) -> None:
    """Put the gate before every request."""
    app.before_request(check_access)
