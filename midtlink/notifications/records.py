"""What leaves the house: mails, messages to chats, calls to other systems; and keys to feeds."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Department, Person
from midtlink.topics.models import System

#: States of what leaves the house.
WAITING, SENT, DEAD, DROPPED = "waiting", "sent", "dead", "dropped"
IS_WAITING: Any = text("state = 'waiting'")


class OutgoingMail(Model):
    """A mail to one person. What it says is made when it is sent, from what they may read then."""

    __tablename__ = "outgoing_mails"
    __table_args__ = (
        Index(
            "ix_outgoing_mails_waiting",
            "next_at",
            "id",
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
        Index("ix_outgoing_mails_state", "state", "id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: One of mail.rules.PURPOSES: notice, collected, daily, weekly, invitation, password.
    purpose: Mapped[str] = mapped_column(String(20))
    question_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    #: The same mail is made once: who makes it again finds this key taken.
    key: Mapped[str] = mapped_column(String(120), unique=True)
    #: Without brackets; the same however often it is sent.
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    made_at: Mapped[datetime]
    #: When it was to leave; a person's mails leave in this order, and failures do not move it.
    due_at: Mapped[datetime]
    #: Not before then; moved on by every failure.
    next_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=WAITING, server_default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    #: When the last attempt began, and when the mail was sent or given up.
    tried_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: What the server said last, in ASCII and on one line.
    error: Mapped[str] = mapped_column(String(300), default="", server_default="")
    person: Mapped[Person] = relationship()


class Hook(Model):
    """An address that is told of what happens: a chat's incoming webhook, or another system."""

    __tablename__ = "hooks"

    id: Mapped[Id]
    #: chat or system.
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(120))
    #: A chat's address is a secret: whoever knows it can write there.
    url: Mapped[str] = mapped_column(String(2000))
    #: What another system's calls are signed with.
    secret: Mapped[str] = mapped_column(String(120), default="", server_default="")
    #: The kinds of hooks.rules.EVENTS, separated by spaces.
    events: Mapped[str] = mapped_column(String(500))
    #: Only what is about this system or department.
    system_id: Mapped[int | None] = mapped_column(ForeignKey("systems.id"), index=True)
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    is_active: Mapped[bool] = mapped_column(default=True, server_default=true())
    #: Every call has failed since then.
    failing_since: Mapped[datetime | None]
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    system: Mapped[System | None] = relationship()
    department: Mapped[Department | None] = relationship()


class Delivery(Model):
    """One message to a hook: what it is about, and how it went. It holds ids and no text."""

    __tablename__ = "deliveries"
    __table_args__ = (
        Index(
            "ix_deliveries_waiting",
            "next_at",
            "id",
            sqlite_where=IS_WAITING,
            postgresql_where=IS_WAITING,
        ),
        Index("ix_deliveries_hook_id", "hook_id", "id"),
    )

    id: Mapped[Id]
    hook_id: Mapped[int] = mapped_column(ForeignKey("hooks.id"))
    event: Mapped[str] = mapped_column(String(40))
    #: The receiver knows by it that a message came twice.
    delivery_key: Mapped[str] = mapped_column(String(40), unique=True)
    question_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    post_id: Mapped[int | None] = mapped_column(ForeignKey("posts.id"), index=True)
    #: Further ids of the event.
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    happened_at: Mapped[datetime]
    next_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=WAITING, server_default=WAITING)
    attempts: Mapped[int] = mapped_column(default=0, server_default="0")
    tried_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    status: Mapped[int | None]
    error: Mapped[str] = mapped_column(String(300), default="", server_default="")
    #: An administrator sent it again: the delivery that it repeats.
    again_of_id: Mapped[int | None] = mapped_column(ForeignKey("deliveries.id"), index=True)
    hook: Mapped[Hook] = relationship()


class FeedKey(Model):
    """What a person's feed reader shows instead of a sign-in. The newest is the one that counts."""

    __tablename__ = "feed_keys"

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()
