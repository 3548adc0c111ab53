"""What questions are about: systems, tags, and who looks after and follows them."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink import clock
from midtlink.database import Id
from midtlink.extensions import Model
from midtlink.people.models import Department, Person
from midtlink.topics.rules import LONGEST_TAG, LONGEST_TAG_KEY, tag_key, tag_word


class System(Model):
    """An internal system: EPJ, PACS, Print."""

    __tablename__ = "systems"

    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    purpose: Mapped[str] = mapped_column(String(500), default="")
    #: Words in a title that suggest this system, separated by commas.
    words: Mapped[str] = mapped_column(String(500), default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    owner_team: Mapped[str] = mapped_column(String(120), default="")
    support_phone: Mapped[str] = mapped_column(String(40), default="")
    #: The line under "Driftsstatus", and whether it says that all is well.
    status_line: Mapped[str] = mapped_column(String(200), default="")
    is_running: Mapped[bool] = mapped_column(default=True)
    promise: Mapped[str] = mapped_column(String(120), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    owner: Mapped[Person | None] = relationship()


def _key(context: Any) -> str:
    return tag_key(context.get_current_parameters()["name"])


class Tag(Model):
    """A free word on a question, or another word for one (`synonym_of`): a synonym, a merged tag.

    Whoever writes a synonym gets the tag. No chains: a synonym's tag is never a synonym itself.
    """

    __tablename__ = "tags"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(LONGEST_TAG), unique=True)
    #: The name folded: "røntgen" and "roentgen" are one tag.
    key: Mapped[str] = mapped_column(String(LONGEST_TAG_KEY), unique=True, default=_key)
    synonym_of_id: Mapped[int | None] = mapped_column(ForeignKey("tags.id"), index=True)
    excerpt: Mapped[str] = mapped_column(String(1000), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    description_format: Mapped[str] = mapped_column(String(10), default="markdown")
    description_html: Mapped[str] = mapped_column(Text, default="")
    description_licence: Mapped[str] = mapped_column(String(40), default="")
    description_by: Mapped[str] = mapped_column(String(120), default="")
    #: The site an imported tag comes from, and the digest of what that said of it.
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_digest: Mapped[str | None] = mapped_column(String(64))
    created_at: Mapped[datetime]
    synonym_of: Mapped["Tag | None"] = relationship(remote_side="Tag.id", back_populates="synonyms")
    synonyms: Mapped[list["Tag"]] = relationship(back_populates="synonym_of", order_by="Tag.name")

    @property
    def word(self) -> str:
        """How an address names the tag."""
        return tag_word(self.name, self.id)


class SuperUser(Model):
    """An appointment as super-user: of a system, of a department, or of one in the other."""

    __tablename__ = "super_users"
    __table_args__ = (
        CheckConstraint("department_id IS NOT NULL OR system_id IS NOT NULL", name="of_something"),
        Index(None, "person_id"),
    )

    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"))
    system_id: Mapped[int | None] = mapped_column(ForeignKey("systems.id"), index=True)
    appointed_at: Mapped[datetime]
    appointed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    ended_at: Mapped[datetime | None]
    #: Until when the super-user has said to be on duty.
    on_duty_until: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])
    department: Mapped[Department | None] = relationship()
    system: Mapped[System | None] = relationship()

    @property
    def is_on_duty(self) -> bool:
        """The super-user has said to be on duty, and that has not ended."""
        is_set = self.ended_at is None and self.on_duty_until is not None
        return is_set and self.on_duty_until > clock.now()  # type: ignore[operator]


class TopicStanding(Model):
    """What a person's answers about a system or a tag have brought; only reputation writes it.

    It follows from the ledger and from the topics that the questions have now.
    """

    __tablename__ = "topic_standings"
    __table_args__ = (Index("ix_topic_standings_topic", "kind", "topic_id", "points"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    #: system or tag.
    kind: Mapped[str] = mapped_column(String(6), primary_key=True)
    topic_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    points: Mapped[int]
    #: Answers that were accepted.
    accepted: Mapped[int]
    person: Mapped[Person] = relationship()


class SystemFollow(Model):
    """A person follows a system."""

    __tablename__ = "system_follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    system_id: Mapped[int] = mapped_column(ForeignKey("systems.id"), primary_key=True, index=True)
    followed_at: Mapped[datetime]


class TagFollow(Model):
    """A person follows a tag."""

    __tablename__ = "tag_follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True, index=True)
    followed_at: Mapped[datetime]
