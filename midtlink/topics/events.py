"""What happens to systems and tags, and who looks after and follows them."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class SystemEvent(Event):
    """Something happened to a system."""

    system_id: int


class SystemAdded(SystemEvent):
    """A system was added."""


class SystemChanged(SystemEvent):
    """What is said about a system changed, or whether it is still in use."""


@dataclass(frozen=True, kw_only=True)
class SystemGuardOverruled(SystemEvent):
    """Somebody said of numbers in what is said about a system that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class SystemStatusSet(SystemEvent):
    """IT said how a system is running."""

    is_running: bool


class SystemFollowed(SystemEvent):
    """A person follows a system."""


class SystemUnfollowed(SystemEvent):
    """A person no longer follows a system."""


@dataclass(frozen=True, kw_only=True)
class TagEvent(Event):
    """Something happened to a tag."""

    tag_id: int


class TagMade(TagEvent):
    """A word was used as a tag for the first time."""


class TagRemoved(TagEvent):
    """A word that only removed questions had is gone for ever."""


class TagDescribed(TagEvent):
    """A tag's description changed."""


@dataclass(frozen=True, kw_only=True)
class TagGuardOverruled(TagEvent):
    """Somebody said of numbers in a tag, or in its description, that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class SynonymAdded(TagEvent):
    """A word now gives a tag."""

    synonym_id: int


@dataclass(frozen=True, kw_only=True)
class SynonymRemoved(TagEvent):
    """A word no longer gives a tag."""

    synonym_id: int


@dataclass(frozen=True, kw_only=True)
class TagsMerged(TagEvent):
    """A tag became another one (`tag_id`); its questions must follow in this transaction."""

    merged_id: int


class TagFollowed(TagEvent):
    """A person follows a tag."""


class TagUnfollowed(TagEvent):
    """A person no longer follows a tag."""


@dataclass(frozen=True, kw_only=True)
class SuperUserAppointed(Event):
    """A colleague became a super-user."""

    appointment_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class AppointmentEnded(Event):
    """A colleague is no longer the super-user that an appointment made them."""

    appointment_id: int
    person_id: int


class DutyBegun(Event):
    """A super-user is on duty."""


class DutyEnded(Event):
    """A super-user is no longer on duty."""
