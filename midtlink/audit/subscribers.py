"""Every fact becomes a row of the journal, in the transaction in which it happened."""

from dataclasses import fields
from datetime import date
from typing import Any

from midtlink import clock
from midtlink.audit.models import JournalEntry
from midtlink.events import Event, on
from midtlink.extensions import db
from midtlink.questions.events import ReactionSet, ReactionWithdrawn, ThreadsVisited

#: Who votes for what, and who reads what, is nobody's business but their own: it stands in no list
#: that administrators read.
SECRET = (ReactionSet, ReactionWithdrawn, ThreadsVisited)


@on(Event)
def write_down(fact: Event) -> None:
    """Add a fact to the journal. It holds ids, never text, so the journal does too."""
    if isinstance(fact, SECRET):
        return
    facts = {
        each.name: _plain(getattr(fact, each.name)) for each in fields(fact) if each.name != "by_id"
    }
    entry = JournalEntry(at=clock.now(), by_id=fact.by_id, act=type(fact).__name__, facts=facts)
    db.session.add(entry)


def _plain(value: Any) -> Any:
    """Return what JSON can hold of an event's field."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list | set | frozenset):
        return [_plain(each) for each in value]
    return value
