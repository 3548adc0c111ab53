"""The blueprint that every page group of the questions hangs its views on."""

from flask import Blueprint, request
from werkzeug.routing import IntegerConverter, Map

from midtlink.refusals import BadInput

#: The largest id that both databases hold; a larger one names nothing.
LARGEST_ID = 2_147_483_647


class IdConverter(IntegerConverter):
    """An id in an address: `/q/<id:question_id>`. One too large for the database is a 404."""

    def __init__(self, map: Map) -> None:
        super().__init__(map, min=1, max=LARGEST_ID)


pages = Blueprint("questions", __name__)
pages.record_once(lambda state: state.app.url_map.converters.update(id=IdConverter))


def is_fragment() -> bool:
    """Say whether a script asks, which swaps a part of the page it has."""
    return request.headers.get("HX-Request") == "true"


def read_id(name: str) -> int:
    """Return a field of the form that holds an id."""
    typed = request.form.get(name, "")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 10 or int(typed) > LARGEST_ID:
        raise BadInput(name)
    return int(typed)
