"""The database itself keeps the journal as it was written."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from midtlink.audit.models import JournalEntry
from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.events import PersonChanged

CHANGES = ("UPDATE journal SET act = 'nothing'", "DELETE FROM journal")


@pytest.mark.both_databases
@pytest.mark.parametrize("change", CHANGES)
def test_a_row_of_the_journal_can_neither_change_nor_go(app, change):
    in_transaction(lambda: publish(PersonChanged(by_id=None, person_id=7)))
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text(change))
    assert db.session.query(JournalEntry).one().facts == {"person_id": 7}


@pytest.mark.both_databases
def test_the_journal_cannot_be_emptied(app, database):
    if database == "sqlite":
        return  # It has no TRUNCATE.
    in_transaction(lambda: publish(PersonChanged(by_id=None, person_id=7)))
    with pytest.raises(DBAPIError, match="append-only"), db.engine.begin() as connection:
        connection.execute(text("TRUNCATE journal"))
