"""How long the screen may still be left alone, and more time for one who is there."""

from flask import Response, jsonify
from flask_login import current_user

from midtlink.access import MEMBER, allow
from midtlink.events import in_transaction
from midtlink.people import signing_in
from midtlink.people.views.blueprint import pages


@pages.get("/log-ind/tilbage")
@allow(MEMBER, renews=False)
def remaining() -> Response:
    """Say how many seconds are left. The page asks by itself, so this renews nothing."""
    return jsonify(seconds=signing_in.seconds_left(current_user.sign_in))


@pages.post("/log-ind/forny")
@allow(MEMBER, renews=False)
def renew() -> tuple[str, int]:
    """Renew the sign-in because its owner pressed "stay"."""
    sign_in_id = current_user.sign_in.id
    in_transaction(lambda: signing_in.renew(sign_in_id))
    return "", 204
