"""Who may look after people."""

from typing import Protocol

from midtlink.access import ADMINISTRATOR, HasRoles, NotAllowed
from midtlink.people.models import Department, Person
from midtlink.settings import queries as settings


class Actor(HasRoles, Protocol):
    """Who acts: a person, or the command line, which has no id."""

    @property
    def id(self) -> int | None:
        """The person's id for the journal."""


class CommandLine:
    """Whoever has the machine may do everything with it."""

    id = None

    def has_role(self, *_roles: str) -> bool:
        """Every role."""
        return True


COMMAND_LINE = CommandLine()


def may_administer(person: Actor | None) -> bool:
    """Administrators look after people, departments, settings."""
    return person is not None and person.has_role(ADMINISTRATOR)


def demand_administrator(by: Actor | None, action: str, subject: object = None) -> None:
    """Raise NotAllowed for anybody else."""
    if not may_administer(by):
        raise NotAllowed(by, action, subject)


def may_change_profile(by: Person | None, person: Person | None) -> bool:
    """Everyone writes their own profile."""
    return by is not None and person is not None and by.is_active and by.id == person.id


def may_follow_person(by: Person | None, person: Person | None) -> bool:
    """Every colleague may follow another one who works here."""
    if by is None or person is None or by.id == person.id:
        return False
    return by.is_active and person.is_active


def may_follow_department(by: Person | None, department: Department | None) -> bool:
    """Every colleague may follow every department."""
    return by is not None and by.is_active and department is not None


def may_see_points(by: Person | None, person: Person | None) -> bool:
    """Points are the person's own: others see them unless the person hides them.

    That covers the ledger, the bars of who was helped and the badges won by points. Nobody sees
    any where an administrator has switched points off.
    """
    if by is None or person is None or not by.is_active or not settings.is_on("points_are_on"):
        return False
    return by.id == person.id or not person.hides_points
