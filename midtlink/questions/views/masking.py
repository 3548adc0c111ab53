"""An address with a CPR number in its query becomes one without, before anything else sees it."""

from urllib.parse import quote, urlencode

from flask import redirect, request
from flask.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response

from midtlink.privacy import mask
from midtlink.questions.views.blueprint import pages


def mask_address() -> Response | None:
    """Redirect an address to itself with every CPR number in its query masked.

    Also ahead of the sign-in page, whose own address would carry the number along.
    """
    if request.method not in ("GET", "HEAD") or request.endpoint is None:
        return None
    typed = list(request.args.items(multi=True))
    masked = [(mask(name), mask(value)) for name, value in typed]
    if masked == typed:
        return None
    return redirect(f"{quote(request.path)}?{urlencode(masked)}", 303)


@pages.record_once
def _stand_first(state: BlueprintSetupState) -> None:
    state.app.before_request_funcs.setdefault(None, []).insert(0, mask_address)
