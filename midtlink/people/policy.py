"""Who may look after people."""

from typing import Protocol

from midtlink.access import ADMINISTRATOR, HasRoles, NotAllowed
from midtlink.people.models import Person


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
