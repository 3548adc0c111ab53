"""Colleagues, where they work, and how they sign in."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from midtlink.database import Id
from midtlink.extensions import Model


class Site(Model):
    """A place with buildings (matrikel)."""

    __tablename__ = "sites"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)


class Department(Model):
    """A department (afdeling) of the hospital, at one site."""

    __tablename__ = "departments"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(120), unique=True)
    site_id: Mapped[int | None] = mapped_column(ForeignKey("sites.id"), index=True)
    site: Mapped[Site | None] = relationship()


class Person(Model):
    """A colleague. Username and e-mail are stored folded: unique as people read them."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("origin", "origin_key"),)

    id: Mapped[Id]
    username: Mapped[str] = mapped_column(String(60), unique=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(120), default="")
    profession: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    department_id: Mapped[int | None] = mapped_column(ForeignKey("departments.id"), index=True)
    language: Mapped[str] = mapped_column(String(2), default="da")
    theme: Mapped[str] = mapped_column(String(5), default="auto")
    uses_shortcuts: Mapped[bool] = mapped_column(default=True)
    about: Mapped[str] = mapped_column(Text, default="")
    about_format: Mapped[str] = mapped_column(String(10), default="markdown")
    about_html: Mapped[str] = mapped_column(Text, default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    #: The sum of the person's points, and how much of the newest day's cap it has used; only the
    #: ledger of reputation writes them.
    points: Mapped[int] = mapped_column(default=0, server_default="0")
    counted_on: Mapped[date | None]
    counted: Mapped[int] = mapped_column(default=0, server_default="0")
    #: What the person chose: to show their points to nobody, to stand in lists of helpers, and
    #: to be told of as knowing a topic.
    hides_points: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_listed: Mapped[bool] = mapped_column(default=False, server_default=false())
    shows_expertise: Mapped[bool] = mapped_column(default=False, server_default=false())
    #: The site an imported person comes from, and their id there.
    origin: Mapped[str | None] = mapped_column(String(80))
    origin_key: Mapped[str | None] = mapped_column(String(80))

    department: Mapped[Department | None] = relationship()
    role_grants: Mapped[list["RoleGrant"]] = relationship(
        back_populates="person", cascade="all, delete-orphan", foreign_keys="RoleGrant.person_id"
    )

    def has_role(self, *roles: str) -> bool:
        """Say whether the person holds one of the roles."""
        return any(grant.role in roles for grant in self.role_grants)

    @property
    def reputation(self) -> int:
        """The points that are shown and that privileges ask for: never below 1."""
        return max(1, 1 + self.points)

    def __repr__(self) -> str:
        return f"<Person {self.id} {self.username}>"


class RoleGrant(Model):
    """A role beyond member: reviewer, moderator or administrator."""

    __tablename__ = "role_grants"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    role: Mapped[str] = mapped_column(String(20), primary_key=True)
    granted_at: Mapped[datetime]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    person: Mapped[Person] = relationship(back_populates="role_grants", foreign_keys=[person_id])


class SignIn(Model):
    """One sign-in. The cookie holds a random token, this row its hash: no row, no entry."""

    __tablename__ = "sign_ins"
    __table_args__ = (Index(None, "person_id", "ended_at"),)

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    started_at: Mapped[datetime]
    #: The last page or write; polling and autosave do not count.
    active_at: Mapped[datetime]
    is_own_computer: Mapped[bool] = mapped_column(default=False)
    browser: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(45), default="")
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class SignInAttempt(Model):
    """One try with a wrong password, or one still being checked.

    The name is kept as a hash: people type their password, or worse, into the wrong field.
    """

    __tablename__ = "sign_in_attempts"
    __table_args__ = (Index(None, "name_hash", "tried_at"),)

    id: Mapped[Id]
    name_hash: Mapped[str] = mapped_column(String(64))
    address: Mapped[str] = mapped_column(String(45), default="")
    tried_at: Mapped[datetime]


class PasswordLink(Model):
    """A one-time link where a person chooses a password: an invitation or a reset."""

    __tablename__ = "password_links"

    id: Mapped[Id]
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime]
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    #: A newer link or a changed password ends the older ones.
    ended_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class PasswordRequest(Model):
    """Somebody who is not signed in asked for a link by mail.

    It is kept whether or not anybody has that name, so that asking does and takes the same.
    """

    __tablename__ = "password_requests"
    __table_args__ = (
        Index(None, "account_hash", "asked_at"),
        Index(
            "ix_password_requests_waiting",
            "id",
            sqlite_where=text("taken_at IS NULL"),
            postgresql_where=text("taken_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    #: Of the person's id, or of what was typed where nobody has that name or address.
    account_hash: Mapped[str] = mapped_column(String(64))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    asked_at: Mapped[datetime]
    #: When the mail was made, if any.
    taken_at: Mapped[datetime | None]
    person: Mapped[Person | None] = relationship()


class PersonFollow(Model):
    """A person wants to hear of what a colleague asks."""

    __tablename__ = "person_follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    followed_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True, index=True)
    followed_at: Mapped[datetime]


class DepartmentFollow(Model):
    """A person wants to hear of what a department asks."""

    __tablename__ = "department_follows"

    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    department_id: Mapped[int] = mapped_column(
        ForeignKey("departments.id"), primary_key=True, index=True
    )
    followed_at: Mapped[datetime]
