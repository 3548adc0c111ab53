"""Counting the statements that something sends to the database."""

from sqlalchemy import event

from midtlink.extensions import db


def statements(work, person, *, show=False):
    """Return how many statements work(person) sends when the session knows only the person."""
    sent = []

    def note(_connection, _cursor, statement, *_more):
        sent.append(statement)

    db.session.rollback()
    db.session.expire_all()
    assert person.department.site and not person.has_role("nothing")
    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work(person)
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
        db.session.rollback()
    if show:
        print("\n\n".join(sent))
    return len(sent)
