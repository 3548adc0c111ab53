"""Where a tag stands."""

from flask import redirect, url_for
from werkzeug.wrappers import Response

from midtlink.topics.models import Tag


def tag_address(tag: Tag) -> str:
    """Return the address of a tag's page."""
    return url_for("topics.tag", word=tag.word)


def redirect_to_tag(tag: Tag, code: int = 303) -> Response:
    """Go to a tag's page."""
    return redirect(tag_address(tag), code)
