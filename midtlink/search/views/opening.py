"""Whether a search was of use: the links of its hits carry its token, and so does "Ja"."""

from flask import Response, request

from midtlink.access import current_person
from midtlink.search.counting import note_found
from midtlink.search.views.blueprint import pages

#: Where a hit leads.
OPENED = ("questions.thread", "questions.question", "questions.permalink")


@pages.after_app_request
def note_opened(response: Response) -> Response:
    """Count that a hit was opened. The token is in the address; the words never are."""
    token = request.args.get("fra")
    if token and request.endpoint in OPENED and response.status_code < 400 and current_person():
        note_found(token)
    return response
