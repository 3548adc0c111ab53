"""What grows beside the ledger: thanks, badges, own awards, and votes that look arranged."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Department, Person
from midtlink.questions.models import Post

STANDS, KEPT = text("withdrawn_at IS NULL"), text("revoked_at IS NULL")


class Thanks(Model):
    """An asker thanked a colleague for an answer, with a few words or none."""

    __tablename__ = "thanks"
    __table_args__: Any = (
        Index(
            "uq_thanks_standing",
            "answer_id",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        Index("ix_thanks_to_id", "to_id", "id"),
    )

    id: Mapped[Id]
    answer_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
    by_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message: Mapped[str] = mapped_column(String(200), default="")
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    answer: Mapped[Post] = relationship()
    by: Mapped[Person] = relationship(foreign_keys=[by_id])


class BadgeAward(Model):
    """A person has a badge, or a step of one; what it was won by may be lost again."""

    __tablename__ = "badge_awards"
    __table_args__: Any = (
        Index(
            "uq_badge_awards_standing",
            "person_id",
            "badge",
            "step",
            unique=True,
            sqlite_where=KEPT,
            postgresql_where=KEPT,
        ),
        Index("ix_badge_awards_badge", "badge", "step", "id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    badge: Mapped[str] = mapped_column(String(30))
    step: Mapped[int] = mapped_column(default=1)
    awarded_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    #: The moderator who took it away, and why; None where it was lost with what had won it.
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class BadgeCheck(Model):
    """Somebody's badges wait to be looked at: something happened that may win or lose one."""

    __tablename__ = "badge_checks"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    queued_at: Mapped[datetime]


class FactMark(Model):
    """How far a reader of the facts has come: all up to this one are read."""

    __tablename__ = "fact_marks"

    reader: Mapped[str] = mapped_column(String(20), primary_key=True)
    fact_id: Mapped[int] = mapped_column(default=0)


class OwnAward(Model):
    """An award that the hospital's administrators made up: Månedens ildsjæl."""

    __tablename__ = "own_awards"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(60), unique=True)
    description: Mapped[str] = mapped_column(String(300), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)


class OwnAwardGrant(Model):
    """Somebody was given one of the hospital's own awards."""

    __tablename__ = "own_award_grants"
    __table_args__ = (
        Index("ix_own_award_grants_award_id", "award_id", "id"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    award_id: Mapped[int] = mapped_column(ForeignKey("own_awards.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(String(300), default="")
    given_at: Mapped[datetime]
    given_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    award: Mapped[OwnAward] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Suspicion(Model):
    """Votes that look arranged, proposed by the nightly sweep; a moderator decides."""

    __tablename__ = "suspicions"
    __table_args__ = (
        Index("ix_suspicions_decided_at", "decided_at", "id"),
        Index(None, "identity"),
    )

    id: Mapped[Id]
    #: one_way, mutual, ring or department.
    kind: Mapped[str] = mapped_column(String(12))
    #: Who it is about, in one word: the same people are not proposed twice for the same votes.
    identity: Mapped[str] = mapped_column(String(200))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    found_at: Mapped[datetime]
    window_from: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    is_reversed: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(String(500), default="")
    department: Mapped[Department | None] = relationship()
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    votes: Mapped[list["SuspectVote"]] = relationship(
        back_populates="suspicion", order_by="SuspectVote.fact_id"
    )


class SuspectVote(Model):
    """A vote that a suspicion is about, by the fact that set it."""

    __tablename__ = "suspect_votes"
    suspicion_id: Mapped[int] = mapped_column(ForeignKey("suspicions.id"), primary_key=True)
    fact_id: Mapped[int] = mapped_column(
        ForeignKey("reputation_facts.id"), primary_key=True, index=True
    )
    suspicion: Mapped[Suspicion] = relationship(back_populates="votes")


class FairnessSweep(Model):
    """The votes were looked through once: how many there were, how many suspicions they gave."""

    __tablename__ = "fairness_sweeps"

    id: Mapped[Id]
    ran_at: Mapped[datetime]
    vote_count: Mapped[int]
    proposed_count: Mapped[int]
