"""Reading the journal."""

from sqlalchemy import select

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.paging import Slice, cut

ENTRIES_ON_A_PAGE = 50


def list_entries(
    *, act: str = "", by_id: int | None = None, cursor: tuple[int, ...] | None = None
) -> Slice[JournalEntry]:
    """Return a page of the journal, the newest first."""
    statement = select(JournalEntry).order_by(JournalEntry.id.desc())
    if act:
        statement = statement.where(JournalEntry.act == act)
    if by_id is not None:
        statement = statement.where(JournalEntry.by_id == by_id)
    if cursor:
        statement = statement.where(JournalEntry.id < cursor[0])
    rows = db.session.scalars(statement.limit(ENTRIES_ON_A_PAGE + 1)).all()
    return cut(rows, lambda entry: entry.id, ENTRIES_ON_A_PAGE)


def list_acts() -> list[str]:
    """Return the acts that the journal knows, by name."""
    return list(db.session.scalars(select(JournalEntry.act).distinct().order_by(JournalEntry.act)))
