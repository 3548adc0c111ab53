"""Counting what a page, or a piece of work, asks of the database."""

from contextlib import contextmanager

from sqlalchemy import event

from midtlink.extensions import db
from midtlink.questions.queries.counting import forget

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


@contextmanager
def written():
    """Collect the statements of each transaction that was committed with a change."""
    transactions, running = [], []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT")):
            running.append(statement)

    def begin(_connection):
        running.clear()

    def commit(_connection):
        if any(each.startswith(("INSERT", "UPDATE", "DELETE")) for each in running):
            transactions.append(list(running))

    listeners = {"before_cursor_execute": note, "begin": begin, "commit": commit}
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield transactions
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


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
    forget()  # The number in the search box is counted now, and not again within the minute.
    visit.get(path, as_=person)
    # Loads the person afresh, so that the test's own statement is not counted.
    visit.client(person)
    with counted() as statements:
        visit.get(path, as_=person)
    return len(statements) - SHELL
