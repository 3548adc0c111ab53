"""What happens beside the ledger: thanks, and what grows from them."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class ThanksEvent(Event):
    """Something happened to an asker's thanks for an answer, which went to a person."""

    thanks_id: int
    person_id: int
    question_id: int
    post_id: int


class ThanksGiven(ThanksEvent):
    """An asker thanked for an answer."""


class ThanksWithdrawn(ThanksEvent):
    """An asker took their thanks back."""


class ThanksRestored(ThanksEvent):
    """An asker gave again the thanks that they had taken back."""


@dataclass(frozen=True, kw_only=True)
class ThanksGuardOverruled(ThanksEvent):
    """An asker said of numbers in their thanks that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class SuspicionEvent(Event):
    """Something happened to votes that look arranged; whose they are is told to moderators."""

    suspicion_id: int


@dataclass(frozen=True, kw_only=True)
class VotesSuspected(SuspicionEvent):
    """The nightly search asks a moderator about so many votes."""

    count: int


@dataclass(frozen=True, kw_only=True)
class VotesReversed(SuspicionEvent):
    """A moderator took back what so many votes had given."""

    count: int


class SuspicionDismissed(SuspicionEvent):
    """A moderator found the votes in order."""


@dataclass(frozen=True, kw_only=True)
class SuspicionGuardOverruled(SuspicionEvent):
    """A moderator said of numbers in their reason that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class BadgesAwarded(Event):
    """Badges were won: so many awards of as many people as were looked at."""

    award_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class BadgesLost(Event):
    """What badges had been won by is no longer so."""

    award_ids: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class BadgeEvent(Event):
    """Something happened to the badge that an award gave a person."""

    award_id: int
    person_id: int


class BadgeRevoked(BadgeEvent):
    """A moderator took a step of a badge away, for good."""


@dataclass(frozen=True, kw_only=True)
class BadgeGuardOverruled(BadgeEvent):
    """A moderator said of numbers in the reason that they are no CPR numbers."""

    count: int


@dataclass(frozen=True, kw_only=True)
class OwnAwardEvent(Event):
    """Something happened to one of the hospital's own awards."""

    own_award_id: int


class OwnAwardSaved(OwnAwardEvent):
    """An administrator made up an award, or changed it."""


@dataclass(frozen=True, kw_only=True)
class OwnAwardGiven(OwnAwardEvent):
    """A colleague was given an award."""

    grant_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OwnAwardWithdrawn(OwnAwardEvent):
    """A colleague's award was withdrawn."""

    grant_id: int
    person_id: int


@dataclass(frozen=True, kw_only=True)
class OwnAwardGuardOverruled(OwnAwardEvent):
    """An administrator said of numbers in an award's texts that they are no CPR numbers."""

    count: int
