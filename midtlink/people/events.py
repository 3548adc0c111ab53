"""What happens to people and their sign-ins."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """A person signed in."""

    sign_in_id: int
    is_own_computer: bool


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """A person ended a sign-in: this one, or one elsewhere."""

    sign_in_id: int


@dataclass(frozen=True, kw_only=True)
class SignInLimitReached(Event):
    """Too many wrong passwords: the name must wait. None is a name that nobody has."""

    person_id: int | None


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Event):
    """Something happened to a person."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonAdded(PersonEvent):
    """A colleague was registered."""


@dataclass(frozen=True, kw_only=True)
class PersonChanged(PersonEvent):
    """What is known of a colleague changed."""


@dataclass(frozen=True, kw_only=True)
class PersonGuardOverruled(PersonEvent):
    """An administrator said of numbers among a person's particulars that they are no CPR numbers.

    The numbers themselves are not kept.
    """

    count: int


@dataclass(frozen=True, kw_only=True)
class PersonActivated(PersonEvent):
    """A colleague may sign in again."""


@dataclass(frozen=True, kw_only=True)
class PersonDeactivated(PersonEvent):
    """A colleague may no longer sign in."""


@dataclass(frozen=True, kw_only=True)
class RoleGranted(PersonEvent):
    """A person got a role."""

    role: str


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(PersonEvent):
    """A person lost a role."""

    role: str


@dataclass(frozen=True, kw_only=True)
class PasswordSet(PersonEvent):
    """A person has a new password; what was signed in elsewhere is not any more."""


@dataclass(frozen=True, kw_only=True)
class PasswordLinkMade(PersonEvent):
    """Somebody can now choose a password for the person."""


@dataclass(frozen=True, kw_only=True)
class PasswordLinkAsked(PersonEvent):
    """A link where the person chooses a password is to be mailed to them.

    No colleague's doing where somebody asked who is not signed in.
    """


@dataclass(frozen=True, kw_only=True)
class DepartmentSaved(Event):
    """A department was added, renamed or moved to another site."""

    department_id: int


@dataclass(frozen=True, kw_only=True)
class SiteSaved(Event):
    """A site was added or renamed."""

    site_id: int


@dataclass(frozen=True, kw_only=True)
class DepartmentGuardOverruled(Event):
    """An administrator said of numbers in a department's name that they are no CPR numbers."""

    department_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class SiteGuardOverruled(Event):
    """An administrator said of numbers in a site's name that they are no CPR numbers."""

    site_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class StaffImported(Event):
    """A staff list was read: how many people it added, changed, deactivated and refused."""

    added: int
    changed: int
    unchanged: int
    deactivated: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(PersonEvent):
    """A person changed what colleagues read about them."""


@dataclass(frozen=True, kw_only=True)
class ShowingChosen(PersonEvent):
    """A person chose what others see of their points; what they chose is nobody else's business."""


@dataclass(frozen=True, kw_only=True)
class ProfileGuardOverruled(PersonEvent):
    """A person said of so many numbers in their profile that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class PeopleDropped(Event):
    """People whom their source no longer has are about to leave the database.

    No colleague's doing names them; whoever keeps rows of their own on them drops those now.
    """

    person_ids: tuple[int, ...]


class PersonFollowed(PersonEvent):
    """A person follows a colleague."""


class PersonUnfollowed(PersonEvent):
    """A person no longer follows a colleague."""


@dataclass(frozen=True, kw_only=True)
class DepartmentFollowed(Event):
    """A person follows a department."""

    department_id: int


@dataclass(frozen=True, kw_only=True)
class DepartmentUnfollowed(Event):
    """A person no longer follows a department."""

    department_id: int
