"""The facts that give points, the ledger that they make, and the dated values of the rules."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from midtlink.database import Id
from midtlink.extensions import Model

#: What a fact says of its source: it stands, no longer stands, or a moderator made it void.
SET, WITHDRAWN, REVERSED = "set", "withdrawn", "reversed"
#: What a fact says of its post: nobody sees it, it is seen again, its text is gone for ever.
AWAY, BACK, ERASED = "away", "back", "erased"
#: What an entry does: it grants points, takes them back for good, or for as long as nobody sees
#: the post, returns them, ends a grant that was suspended, or tells a voter of a reversal.
GRANT, TAKEN, SUSPENDED, RETURNED = "grant", "taken", "suspended", "returned"
ENDED, TOLD = "ended", "told"
IS_BRIDGE_RULE = text("rule = 'bridge'")


class RuleChange(Model):
    """From a moment on a rule was worth something else. Defaults have no row."""

    __tablename__ = "rule_changes"

    id: Mapped[Id]
    setting: Mapped[str] = mapped_column(String(60))
    value: Mapped[int]
    changed_at: Mapped[datetime]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Fact(Model):
    """Something that gives or takes points, with all that the rules ask of it; never changed.

    `source` names the row that it is about, such as `reaction:12`; a fact about a post has none.
    Replaying the facts in the order of their ids gives the ledger. Posts are named without a
    foreign key: an import may drop one, and what it was worth is still told.
    """

    __tablename__ = "reputation_facts"
    __table_args__: Any = (
        Index(None, "source"),
        Index(None, "post_id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(String(10))
    source: Mapped[str] = mapped_column(String(120), default="")
    #: helped, good, accepted, confirmed, edit or wrong; nothing where the fact is about a post.
    subject: Mapped[str] = mapped_column(String(10), default="")
    post_id: Mapped[int]
    question_id: Mapped[int]
    #: Who gets the points: the post's author, or who suggested the edit.
    helper_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    asker_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The actor has the question's problem too.
    has_problem: Mapped[bool] = mapped_column(default=False)
    happened_at: Mapped[datetime]
    #: The newest change of a rule that was known then; None: none.
    rules_at: Mapped[datetime | None]
    #: Where each of them worked at that moment.
    helper_department_id: Mapped[int | None]
    helper_site_id: Mapped[int | None]
    helper_profession: Mapped[str] = mapped_column(String(60), default="")
    asker_department_id: Mapped[int | None]
    asker_site_id: Mapped[int | None]
    asker_profession: Mapped[str] = mapped_column(String(60), default="")
    actor_department_id: Mapped[int | None]
    actor_site_id: Mapped[int | None]
    actor_profession: Mapped[str] = mapped_column(String(60), default="")


class Entry(Model):
    """One row of the ledger: a change of somebody's points, or an event that gave none.

    Append-only. `points` is what was actually granted, after the day's cap; an entry that takes
    back or returns repeats what its grant granted, never what the rule says today.
    """

    __tablename__ = "ledger"
    __table_args__: Any = (
        Index("ix_ledger_person_id", "person_id", "fact_id"),
        Index("ix_ledger_counted_on", "person_id", "counted_on"),
        Index(
            "ix_ledger_bridges",
            "person_id",
            "asker_department_id",
            sqlite_where=IS_BRIDGE_RULE,
            postgresql_where=IS_BRIDGE_RULE,
        ),
        Index(None, "source"),
        Index(None, "post_id"),
        Index(None, "question_id"),
        Index("ix_ledger_happened_at", "happened_at", "helper_department_id"),
    )

    fact_id: Mapped[int] = mapped_column(ForeignKey("reputation_facts.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    rule: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(10))
    #: +1 for what begins to count, -1 for what counts no more, 0 for neither.
    sign: Mapped[int]
    #: What the rule said, before the cap.
    worth: Mapped[int]
    points: Mapped[int]
    #: The day whose cap the points use up, or leave again for good; None outside the cap, and
    #: where points are only suspended and returned: they use it up meanwhile.
    counted_on: Mapped[date | None]
    #: The grant that this entry is about: itself, or the one that it takes back, returns or ends.
    grant_fact_id: Mapped[int]
    grant_ordinal: Mapped[int]
    #: Helped a colleague of another department.
    is_bridge: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(String(120))
    post_id: Mapped[int]
    question_id: Mapped[int]
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    happened_at: Mapped[datetime]
    #: Where the helper and the asker worked when the points were granted.
    helper_department_id: Mapped[int | None]
    helper_site_id: Mapped[int | None]
    helper_profession: Mapped[str] = mapped_column(String(60), default="")
    asker_department_id: Mapped[int | None]
    asker_site_id: Mapped[int | None]
    asker_profession: Mapped[str] = mapped_column(String(60), default="")
