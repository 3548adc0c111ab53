"""Threads: a question, its answers, the comments on both. What happens to them: records.py."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, query_expression, relationship, validates

from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Department, Person
from midtlink.questions import rules
from midtlink.topics.models import System, Tag
from midtlink.topics.rules import fold

if TYPE_CHECKING:
    from midtlink.questions.records import Acceptance, Closure, Confirmation

QUESTION, ANSWER, COMMENT = "question", "answer", "comment"
UNANSWERED, ANSWERED, SOLVED, CLOSED = "unanswered", "answered", "solved", "closed"

question_tags = Table(
    "question_tags",
    Model.metadata,
    Column("question_id", ForeignKey("questions.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
    Index(None, "tag_id", "question_id"),
)


class Post(Model):
    """A text that somebody wrote: a question, an answer or a comment.

    `hidden_at`, `deleted_at` and `redacted_at` repeat what the dated rows in records.py say, so
    that lists can filter on them; only the verbs that write those rows set them.
    """

    __tablename__ = "posts"
    __table_args__: Any = (
        UniqueConstraint("author_id", "submission_key"),
        UniqueConstraint("origin", "kind", "origin_key"),
        Index(None, "thread_id", "kind"),
        Index(None, "author_id", "kind", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(8))
    #: The question that an answer or a comment belongs to; None on the question itself.
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"))
    #: The question or answer that a comment is on.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The name given where an imported post has no person.
    author_name: Mapped[str] = mapped_column(String(120), default="")
    source: Mapped[str] = mapped_column(Text, default="")
    source_format: Mapped[str] = mapped_column(String(10), default="markdown")
    html: Mapped[str] = mapped_column(Text, default="")
    cleaner_version: Mapped[int] = mapped_column(default=0)
    language: Mapped[str] = mapped_column(String(2), default="da")
    created_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    edited_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The number of the newest revision; an edit names the one it was made from.
    revision_number: Mapped[int] = mapped_column(default=1)
    up_count: Mapped[int] = mapped_column(default=0)
    down_count: Mapped[int] = mapped_column(default=0)
    #: Wilson lower bound of up among up and down; answers are sorted by it.
    rank: Mapped[float] = mapped_column(default=0.0)
    hidden_at: Mapped[datetime | None]
    hidden_because: Mapped[str | None] = mapped_column(String(20))
    deleted_at: Mapped[datetime | None]
    redacted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    submission_key: Mapped[str | None] = mapped_column(String(40))
    #: Where an imported post comes from: the site, its id there, its licence, what it held.
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))
    origin_digest: Mapped[str | None] = mapped_column(String(64))
    licence: Mapped[str] = mapped_column(String(40), default="")

    author: Mapped[Person | None] = relationship(foreign_keys=[author_id])
    edited_by: Mapped[Person | None] = relationship(foreign_keys=[edited_by_id])
    thread: Mapped["Post | None"] = relationship(foreign_keys=[thread_id], remote_side="Post.id")
    parent: Mapped["Post | None"] = relationship(foreign_keys=[parent_id], remote_side="Post.id")

    __mapper_args__ = {"polymorphic_on": "kind", "with_polymorphic": None}

    @property
    def question_id(self) -> int:
        """The id of the thread's question, which is the post itself when it is one."""
        return self.thread_id or self.id

    @property
    def question(self) -> "Question":
        """The thread's question, which is the post itself when it is one."""
        return cast("Question", self.thread or self)

    @property
    def ancestors(self) -> list["Post"]:
        """The posts that this one hangs under: a comment's answer, the thread's question."""
        above = dict.fromkeys((self.parent, self.thread))
        return [post for post in above if post is not None]

    @property
    def score(self) -> int:
        """Up minus down, as the imported sites count it."""
        return self.up_count - self.down_count

    @property
    def is_visible(self) -> bool:
        """Neither hidden nor deleted: what every member may see."""
        return self.hidden_at is None and self.deleted_at is None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


def _title_key(context: Any) -> str:
    return fold(context.get_current_parameters()["title"])


class Question(Post):
    """A question, which is also its thread. `status` follows from the rows (deriving.py)."""

    __tablename__ = "questions"
    __mapper_args__ = {"polymorphic_identity": QUESTION, "polymorphic_load": "inline"}
    __table_args__: Any = (
        Index(None, "status", "id"),
        Index(None, "system_id", "id"),
        Index(None, "department_id", "id"),
    )

    id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    #: The title folded, for finding it however it is written.
    title_key: Mapped[str] = mapped_column(Text, default=_title_key)
    system_id: Mapped[int | None] = mapped_column(ForeignKey("systems.id"))
    #: Where the asker worked when asking.
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    status: Mapped[str] = mapped_column(String(12), default=UNANSWERED)
    answer_count: Mapped[int] = mapped_column(default=0)
    same_count: Mapped[int] = mapped_column(default=0)
    view_count: Mapped[int] = mapped_column(default=0)
    #: How many of the views an import brought; the others happened here.
    imported_view_count: Mapped[int] = mapped_column(default=0)
    active_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    accepted_answer_id: Mapped[int | None]
    #: Since when things here are new to the reader whom it was loaded for (queries/visits.py);
    #: None for who has not been here before, and where nobody asked.
    new_since: Mapped[datetime | None] = query_expression()

    system: Mapped[System | None] = relationship()
    department: Mapped[Department | None] = relationship()
    tags: Mapped[list[Tag]] = relationship(secondary=question_tags, order_by=Tag.name)
    #: The closure that stands, and the acceptance that stands.
    closure: Mapped["Closure | None"] = relationship(
        primaryjoin="and_(Question.id == Closure.question_id, Closure.reopened_at.is_(None))",
        viewonly=True,
        uselist=False,
    )
    acceptance: Mapped["Acceptance | None"] = relationship(
        primaryjoin="and_(Question.id == Acceptance.question_id, Acceptance.ended_at.is_(None))",
        viewonly=True,
        uselist=False,
    )

    @validates("title")
    def _keep_title_key(self, _name: str, title: str) -> str:
        self.title_key = fold(title)
        return title

    @property
    def slug(self) -> str:
        """The title as it stands in the question's address."""
        return rules.slug(self.title)

    @property
    def is_open(self) -> bool:
        """An open question takes answers."""
        return self.closed_at is None

    @property
    def has_news(self) -> bool:
        """Something has happened here since the reader's last visit."""
        return self.new_since is not None and self.active_at > self.new_since


class Answer(Post):
    """An answer to a question."""

    __mapper_args__ = {"polymorphic_identity": ANSWER}

    #: IT's confirmation that stands.
    confirmation: Mapped["Confirmation | None"] = relationship(
        primaryjoin="and_(Post.id == Confirmation.answer_id, Confirmation.withdrawn_at.is_(None))",
        viewonly=True,
        uselist=False,
    )


class Comment(Post):
    """A short remark on a question or an answer. Its rank and votes stay at nothing."""

    __mapper_args__ = {"polymorphic_identity": COMMENT}
