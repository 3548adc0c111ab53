"""What people are told, and what they want to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    case,
    false,
    func,
    or_,
    select,
    text,
)
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from midtlink import clock
from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Person
from midtlink.questions.models import Post

#: A notice that nobody has looked at yet; the number in the header counts them.
UNREAD: Any = text("read_at IS NULL")
#: A notice that no way out of the house has been chosen for yet.
UNROUTED: Any = text("routed_at IS NULL")


#: Badges come in showers: they are shown together, under this number.
BADGE, BADGES = "badge", 0


class Notice(Model):
    """One person is told of one matter, once. It holds no text: that is read when it is shown."""

    __tablename__ = "notices"
    __table_args__ = (
        UniqueConstraint("person_id", "matter"),
        Index("ix_notices_person", "person_id", "id"),
        Index("ix_notices_unread", "person_id", sqlite_where=UNREAD, postgresql_where=UNREAD),
        Index("ix_notices_unrouted", "id", sqlite_where=UNROUTED, postgresql_where=UNROUTED),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    #: One of rules.KINDS.
    kind: Mapped[str] = mapped_column(String(20))
    #: What it is about, the same for everybody who hears of it: "answer:17".
    matter: Mapped[str] = mapped_column(String(60))
    #: The thread and the post; none for a badge.
    question_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    #: What it is about beside a post: an award, a report, a search.
    subject_id: Mapped[int | None]
    #: Who did it; none where that is not told, as with a vote.
    by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: Why this person hears of it: one of rules.REASONS, and which tag, system, person ...
    reason: Mapped[str] = mapped_column(String(20))
    reason_id: Mapped[int | None]
    #: How often it has happened: so many votes.
    count: Mapped[int] = mapped_column(default=1, server_default="1")
    happened_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    #: Put aside until then.
    later_until: Mapped[datetime | None]
    #: Nobody may see the post now: it is hidden, deleted or removed for ever.
    is_away: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: When it was decided which way out of the house it takes, if any.
    routed_at: Mapped[datetime | None]
    mail_id: Mapped[int | None] = mapped_column(ForeignKey("outgoing_mails.id"), index=True)

    @property
    def thread_key(self) -> int:
        """What it is shown under: its thread, all badges together, or itself, below zero."""
        if self.question_id is not None:
            return self.question_id
        return BADGES if self.kind == BADGE else -self.id

    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    by: Mapped[Person | None] = relationship(foreign_keys=[by_id])
    post: Mapped[Post | None] = relationship(foreign_keys=[post_id])
    question: Mapped[Post | None] = relationship(foreign_keys=[question_id])


class NoticeChoice(Model):
    """How a person wants to be mailed of a kind, where that is not the default."""

    __tablename__ = "notice_choices"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    #: One of rules.MODES.
    mode: Mapped[str] = mapped_column(String(10))
    chosen_at: Mapped[datetime]


class NoticeSettings(Model):
    """When a person is mailed at all. Without a row: at any hour."""

    __tablename__ = "notice_settings"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    #: Hours of Europe/Copenhagen, 0 to 23, between which mail is held; the second comes after
    #: midnight where it is the smaller.
    quiet_from: Mapped[int | None]
    quiet_to: Mapped[int | None]
    #: On holiday until then.
    paused_until: Mapped[datetime | None]
    #: The person's own server has refused mail for good: when, and its words.
    refused_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(String(200), default="", server_default="")
    #: When the last digests were made.
    daily_at: Mapped[datetime | None]
    weekly_at: Mapped[datetime | None]


class ThreadMute(Model):
    """A person wants to hear no more of a thread."""

    __tablename__ = "thread_mutes"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True, index=True)
    muted_at: Mapped[datetime]


def is_new(notice: Any) -> ColumnElement[bool]:
    """Say of notices whether they are unread, may be seen, and are not put aside until later."""
    moment = bindparam(None, callable_=lambda: clock.now(), type_=notice.happened_at.type)
    is_due = or_(notice.later_until.is_(None), notice.later_until <= moment)
    return and_(notice.read_at.is_(None), notice.is_away.is_(False), is_due)


def thread_of(notice: Any) -> ColumnElement[int]:
    """Say in a statement what a notice is shown under (Notice.thread_key)."""
    alone = case((notice.kind == BADGE, BADGES), else_=-notice.id)
    return func.coalesce(notice.question_id, alone)


#: How many threads and other matters are new to a person: loaded with the sign-in, in its
#: statement, since every page shows it.
Person.unread = column_property(
    select(func.count(func.distinct(thread_of(Notice.__table__.c))))
    .where(Notice.__table__.c.person_id == Person.id, is_new(Notice.__table__.c))
    .correlate_except(Notice.__table__)
    .scalar_subquery(),
    deferred=True,
    group="shell",
)
