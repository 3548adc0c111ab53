"""Counting the statements of a page."""

from contextlib import contextmanager

from sqlalchemy import event

from midtlink.extensions import db


@contextmanager
def statements():
    """Collect what is sent to the database meanwhile, without transactions' beginnings."""
    sent = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def beyond_the_shell(visit, path, person):
    """Return how many statements a page costs more than a page that shows nothing."""
    visit.get(path, as_=person)
    with statements() as shell:
        visit.get("/ukendt", as_=person, status=404)
    with statements() as sent:
        visit.get(path, as_=person)
    return len(sent) - len(shell)
