"""Noting that somebody sits at the screen: a page or a write, never what a page does by itself."""

import logging

from flask import g
from flask_login import current_user
from sqlalchemy.exc import DBAPIError

from midtlink.access import renews_sign_in
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.people import signing_in
from midtlink.people.models import SignIn
from midtlink.people.views.blueprint import pages

log = logging.getLogger(__name__)


def signed_in_row() -> SignIn | None:
    """Return the sign-in of this request."""
    return getattr(current_user, "sign_in", None)


@pages.before_app_request
def renew_sign_in() -> None:
    """Renew the sign-in where it is due. A full disk does not cost the page."""
    sign_in = signed_in_row() if renews_sign_in() else None
    if sign_in is None or not signing_in.is_due_for_renewal(sign_in):
        return
    try:
        in_transaction(lambda: signing_in.renew(sign_in.id))
    except DBAPIError as error:
        log.warning("a sign-in was not renewed: %s", type(error.orig).__name__)
        db.session.rollback()
    g.pop("_login_user")  # The session forgot the person: load both again, in one statement.
