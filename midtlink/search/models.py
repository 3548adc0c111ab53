"""What the search keeps: what waits for the index, synonyms, saved searches, what was not found."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Person
from midtlink.questions.models import Question
from midtlink.topics.models import System

_IS_WAITING = text("indexed < version")
_IS_WITHDRAWN = text("is_withdrawn")


class SearchEntry(Model):
    """What the index should know of a thread: `version` rises with every change of it.

    It waits for the index while `indexed` is lower. No foreign key: an entry outlives a thread
    that an import drops, until the index has dropped it too.
    """

    __tablename__ = "search_entries"
    __table_args__: Any = (
        Index(
            "ix_search_entries_waiting",
            "queued_at",
            sqlite_where=_IS_WAITING,
            postgresql_where=_IS_WAITING,
        ),
        Index(
            "ix_search_entries_withdrawn",
            "question_id",
            sqlite_where=_IS_WITHDRAWN,
            postgresql_where=_IS_WITHDRAWN,
        ),
    )

    question_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int] = mapped_column(default=1)
    indexed: Mapped[int] = mapped_column(default=0)
    #: Something of the thread may no longer be found: it is left out of every search meanwhile.
    is_withdrawn: Mapped[bool] = mapped_column(default=False)
    #: A text was removed for ever: its words must leave the index's files too.
    is_removed: Mapped[bool] = mapped_column(default=False)
    queued_at: Mapped[datetime]
    #: How often in a row this version could not be indexed.
    failures: Mapped[int] = mapped_column(default=0)


class Synonyms(Model):
    """Words that mean the same: whoever searches for one also finds the others."""

    __tablename__ = "search_synonyms"

    id: Mapped[Id]
    #: The words or short phrases, separated by commas.
    words: Mapped[str] = mapped_column(String(500))
    changed_at: Mapped[datetime]
    #: None for the groups that MidtLink came with.
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: A deleted group counts no more, but can be had back for a while.
    deleted_at: Mapped[datetime | None]
    changed_by: Mapped[Person | None] = relationship()


class SavedSearch(Model):
    """A search that a person wants to run again, and perhaps to hear about."""

    __tablename__ = "saved_searches"
    __table_args__ = (Index(None, "person_id", "id"),)

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: The query as its address carries it.
    query: Mapped[str] = mapped_column(String(300))
    saved_at: Mapped[datetime]
    #: Whether the person wants to be told of new hits.
    is_watched: Mapped[bool] = mapped_column(default=False)
    #: What is newer than this is a new hit; opening the search moves it.
    seen_at: Mapped[datetime]
    #: New hits when the search was last run for its person, and when that was.
    new_count: Mapped[int] = mapped_column(default=0)
    counted_at: Mapped[datetime | None]


class Search(Model):
    """A search of the last hour: its words, never who searched."""

    __tablename__ = "searches"
    __table_args__ = (Index(None, "at"),)

    #: Random; the links of its page of hits carry it.
    token: Mapped[str] = mapped_column(String(32), primary_key=True)
    words: Mapped[str] = mapped_column(String(300))
    hits: Mapped[int]
    at: Mapped[datetime]
    #: A hit was opened, or somebody said that it was there.
    is_found: Mapped[bool] = mapped_column(default=False)


class Unfound(Model):
    """Words that were searched for and not found, until somebody has seen to it."""

    __tablename__ = "unfound_searches"
    __table_args__ = (Index(None, "settled_at", "last_at"),)

    id: Mapped[Id]
    #: The words folded and sorted, so that the same search counts up.
    key: Mapped[str] = mapped_column(String(300), unique=True)
    words: Mapped[str] = mapped_column(String(300))
    #: The system that the words suggest.
    system_id: Mapped[int | None] = mapped_column(ForeignKey("systems.id"), index=True)
    #: How often nothing was found, and how often none of what was found was opened.
    zero_count: Mapped[int] = mapped_column(default=0)
    unopened_count: Mapped[int] = mapped_column(default=0)
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: How: "question", "synonym" or "dismissed".
    settlement: Mapped[str | None] = mapped_column(String(12))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    system: Mapped[System | None] = relationship()
    settled_by: Mapped[Person | None] = relationship()


class SparedQuestion(Model):
    """A question that nobody had to ask, because its answer was found while it was written."""

    __tablename__ = "spared_questions"
    __table_args__ = (Index(None, "question_id"),)

    id: Mapped[Id]
    #: The question whose answer it was.
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    spared_at: Mapped[datetime]
    question: Mapped[Question] = relationship(
        primaryjoin="foreign(SparedQuestion.question_id) == Question.id", viewonly=True
    )
