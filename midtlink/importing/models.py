"""Where imported content came from, and the badges that came with it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from midtlink.database import Id
from midtlink.extensions import Model

STACKEXCHANGE, JSONL = "stackexchange", "jsonl"


class ImportSource(Model):
    """A site or file that content was imported from; `origin` of its rows is this name."""

    __tablename__ = "import_sources"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(80), unique=True)
    #: stackexchange or jsonl.
    kind: Mapped[str] = mapped_column(String(20))
    #: The files of its dumps so far, separated by spaces: a later dump may not lack one.
    files: Mapped[str] = mapped_column(String(200), default="")
    started_at: Mapped[datetime]
    #: When an import last reached its end.
    finished_at: Mapped[datetime | None]


class ImportedBadge(Model):
    """A badge that a person held on the site they come from."""

    __tablename__ = "imported_badges"
    __table_args__ = (UniqueConstraint("origin", "origin_key"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    #: 1 gold, 2 silver, 3 bronze.
    level: Mapped[int]
    is_for_tag: Mapped[bool]
    given_at: Mapped[datetime]
    origin: Mapped[str] = mapped_column(String(80))
    origin_key: Mapped[str] = mapped_column(String(80))
