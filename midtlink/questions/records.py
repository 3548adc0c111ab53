"""Dated rows: who did what to a post, when and why. The newest open row is the state."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Post, Question

GOOD, SAME, HELPED, FAILED, DOWN = "good", "same", "helped", "failed", "down"
WRONG, OUTDATED, DANGEROUS, PATIENT_DATA = "wrong", "outdated", "dangerous", "patient_data"


class Revision(Model):
    """A text as it was after its asking or an edit; number 1 is the first."""

    __tablename__ = "revisions"
    __table_args__ = (
        UniqueConstraint("post_id", "number"),
        UniqueConstraint("origin", "origin_key"),
        Index(
            "ix_revisions_edits_by_id",
            "by_id",
            sqlite_where=text("number > 1"),
            postgresql_where=text("number > 1"),
        ),
    )

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    #: The tags' names then, separated by single spaces.
    tags: Mapped[str] = mapped_column(String(500), default="")
    summary: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    by_name: Mapped[str] = mapped_column(String(120), default="")
    made_at: Mapped[datetime]
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))
    licence: Mapped[str] = mapped_column(String(40), default="")
    post: Mapped[Post] = relationship()
    by: Mapped[Person | None] = relationship()


class SuggestedEdit(Model):
    """An edit by someone who may not edit, waiting for the author or a moderator."""

    __tablename__ = "suggested_edits"
    __table_args__ = (Index(None, "post_id", "decided_at"), Index(None, "decided_at"))

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    #: The revision that it was made from.
    revision_number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[str] = mapped_column(String(500), default="")
    summary: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    suggested_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_accepted: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    post: Mapped[Post] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


class Reaction(Model):
    """A vote or "I have that too", set and perhaps withdrawn. Imported votes have no person."""

    __tablename__ = "reactions"
    __table_args__ = (
        Index(
            "uq_reactions_standing",
            "post_id",
            "person_id",
            "kind",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        UniqueConstraint("origin", "origin_key"),
        Index(None, "person_id", "set_at"),
    )

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str] = mapped_column(String(8))
    set_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))


class Acceptance(Model):
    """The asker (or IT for an absent asker) chose an answer."""

    __tablename__ = "acceptances"
    __table_args__ = (
        Index(
            "uq_acceptances_standing",
            "question_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    answer_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    accepted_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[str | None] = mapped_column(String(80))
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])


class Confirmation(Model):
    """IT stands behind an answer."""

    __tablename__ = "confirmations"
    __table_args__ = (
        Index(
            "uq_confirmations_standing",
            "answer_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    answer_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answer: Mapped[Answer] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


class Closure(Model):
    """A question stopped taking answers, perhaps because another one holds them."""

    __tablename__ = "closures"
    __table_args__ = (
        Index(
            "uq_closures_standing",
            "question_id",
            unique=True,
            sqlite_where=text("reopened_at IS NULL"),
            postgresql_where=text("reopened_at IS NULL"),
        ),
        Index(None, "duplicate_of_id"),
        Index("ix_closures_by_id", "by_id"),
    )

    id: Mapped[Id]
    question_id: Mapped[int] = mapped_column(ForeignKey("questions.id"))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    duplicate_of_id: Mapped[int | None] = mapped_column(ForeignKey("questions.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    duplicate_of: Mapped[Question | None] = relationship(foreign_keys=[duplicate_of_id])


class Hiding(Model):
    """A moderator, or a flag for patient data, hid a post."""

    __tablename__ = "hidings"
    __table_args__ = (Index(None, "post_id"),)

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    #: A flag's reason, or "moderator".
    because: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[datetime]
    restored_at: Mapped[datetime | None]
    restored_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Deletion(Model):
    """An author took a post away, and may take that back."""

    __tablename__ = "deletions"
    __table_args__ = (Index(None, "post_id"),)

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    deleted_at: Mapped[datetime]
    restored_at: Mapped[datetime | None]
    restored_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Redaction(Model):
    """A post's text was removed for ever because it held patient data."""

    __tablename__ = "redactions"

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    redacted_at: Mapped[datetime]


class Flag(Model):
    """A colleague says that a post is wrong, outdated, dangerous or holds patient data."""

    __tablename__ = "flags"
    __table_args__ = (
        Index(
            "uq_flags_undecided",
            "post_id",
            "by_id",
            "reason",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
        Index(None, "decided_at"),
        Index("ix_flags_by_id", "by_id"),
    )

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    reason: Mapped[str] = mapped_column(String(20))
    note: Mapped[str] = mapped_column(String(500), default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    is_upheld: Mapped[bool | None]
    decision: Mapped[str] = mapped_column(String(500), default="")
    post: Mapped[Post] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class QuestionFollow(Model):
    """A person follows a question."""

    __tablename__ = "question_follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id"), primary_key=True, index=True
    )
    followed_at: Mapped[datetime]


class Draft(Model):
    """What somebody has typed and not yet sent. `about_id` is the post it is about, or 0."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("person_id", "kind", "about_id"), Index(None, "saved_at"))

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: question, answer, comment, edit, spared (a question not asked after all), or
    #: aside (one that waits for another).
    kind: Mapped[str] = mapped_column(String(8))
    about_id: Mapped[int] = mapped_column(default=0)
    title: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    tags: Mapped[str] = mapped_column(String(500), default="")
    system_slug: Mapped[str] = mapped_column(String(60), default="")
    is_masked: Mapped[bool] = mapped_column(default=False)
    saved_at: Mapped[datetime]


class PostLink(Model):
    """An imported "see also" from one thread to another."""

    __tablename__ = "post_links"
    __table_args__ = (UniqueConstraint("origin", "origin_key"), Index(None, "to_id"))

    id: Mapped[Id]
    from_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    made_at: Mapped[datetime]
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))


class Mention(Model):
    """A post names a colleague, the super-users of a system, or a department."""

    __tablename__ = "mentions"
    __table_args__ = (UniqueConstraint("post_id", "kind", "target_id"),)

    id: Mapped[Id]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    #: person, team or department; the id of the person, the system or the department.
    kind: Mapped[str] = mapped_column(String(10))
    target_id: Mapped[int]
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]


class ThreadVisit(Model):
    """When a person last looked at a thread: what came since is new to them.

    Looks in quick succession are one visit (rules.ONE_VISIT), and while it lasts everything stays
    marked that was new when it began: what came after the end of the visit before it.
    """

    __tablename__ = "thread_visits"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True, index=True)
    #: The newest look.
    seen_at: Mapped[datetime]
    #: The last look of the visit before this one; none while this is the first.
    seen_before_at: Mapped[datetime | None]
