"""Noticing what was entered in the ledger since the last look."""

from sqlalchemy import select

from midtlink.people.models import Person
from midtlink.reputation.badges.queueing import queue_where
from midtlink.reputation.ledger.following import read_new_facts
from midtlink.reputation.ledger.stored_book import LEDGER

READER = "badges"


def notice_entries() -> bool:
    """Let those wait whose ledger has new entries, and say whether there are more.

    Who comes for the first time lets everybody wait.
    """
    return read_new_facts(READER, _notice, begin=lambda: queue_where(select(Person.id)))


def _notice(after: int, until: int) -> None:
    fresh = (LEDGER.c.fact_id > after, LEDGER.c.fact_id <= until)
    queue_where(select(LEDGER.c.person_id).where(*fresh).distinct())
