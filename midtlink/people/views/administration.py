"""What administrators do: the way to each page, and the list of people."""

from flask import render_template, request, url_for

from midtlink.access import ADMINISTRATOR, allow
from midtlink.people import queries
from midtlink.people.forms import role_words
from midtlink.people.rules import LONGEST_NAME, LONGEST_USERNAME
from midtlink.people.views.blueprint import pages
from midtlink.refusals import BadInput, Refused
from midtlink.texts import clean_line


@pages.get("/administration")
@allow(ADMINISTRATOR)
def administration() -> str:
    """Show the way to what administrators look after."""
    return render_template("people/administration.html")


@pages.get("/administration/personer")
@allow(ADMINISTRATOR)
def people_list() -> str:
    """List people by username, all or those whose name holds some words."""
    words = _read("q", LONGEST_NAME)
    found = queries.list_people(words, after=_read("efter", LONGEST_USERNAME))
    older = found.next_cursor
    return render_template(
        "people/list.html",
        people=found.rows,
        words=words,
        roles={role: name for role, name, _does in role_words()},
        older=older and url_for("people.people_list", q=words or None, efter=older),
    )


def _read(name: str, most: int) -> str:
    try:
        return clean_line(request.args.get(name, ""), name, most=most)
    except Refused:
        raise BadInput(name) from None
