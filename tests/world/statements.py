"""Counting what a page, or a piece of work, asks of the database."""

from contextlib import contextmanager

from sqlalchemy import event

from midtlink.extensions import db

#: Sign-in with person, and the settings: what every page asks.
SHELL = 2


@contextmanager
def counted():
    """Collect the statements of the block, without those that open and close transactions."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def statements_sent(work, person):
    """Return how many statements work(person) sends when the session knows only the person."""
    db.session.rollback()
    db.session.expire_all()
    assert person.department.site and not person.has_role("nothing")
    with counted() as statements:
        work(person)
    db.session.rollback()
    return len(statements)


def statements_of(visit, path, person):
    """Return how many statements a page takes beyond the shell, the sign-in already renewed."""
    visit.get(path, as_=person)
    # Loads the person afresh, so that the test's own statement is not counted.
    visit.client(person)
    with counted() as statements:
        visit.get(path, as_=person)
    return len(statements) - SHELL
