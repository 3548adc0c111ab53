"""The journal of who did what."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from midtlink.database import Id
from midtlink.extensions import Model


class JournalEntry(Model):
    """One act. It holds ids and names of rules, never a text that a person typed.

    The database itself refuses to change or delete a row.
    """

    __tablename__ = "journal"
    __table_args__ = (Index(None, "by_id"), Index(None, "act"))

    id: Mapped[Id]
    at: Mapped[datetime]
    #: Who did it; None is the command line or MidtLink itself.
    by_id: Mapped[int | None]
    act: Mapped[str] = mapped_column(String(60))
    facts: Mapped[dict[str, Any]] = mapped_column(JSON)
