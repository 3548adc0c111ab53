"""What happens to what people are told, and to the ways it takes out of the house."""

from dataclasses import dataclass

from midtlink.events import Event


@dataclass(frozen=True, kw_only=True)
class ThreadMuted(Event):
    """A person wants to hear no more of a thread."""

    question_id: int


@dataclass(frozen=True, kw_only=True)
class ThreadUnmuted(Event):
    """A person wants to hear of a thread again."""

    question_id: int


@dataclass(frozen=True, kw_only=True)
class MailsRetried(Event):
    """An administrator let so many mails be sent again that had not arrived."""

    count: int


class NoticesChosen(Event):
    """A person chose how and when to be told."""


@dataclass(frozen=True, kw_only=True)
class HookEvent(Event):
    """Something happened to an address that is told of what happens."""

    hook_id: int


class HookSaved(HookEvent):
    """An administrator made a hook, or changed it."""


class HookSecretRenewed(HookEvent):
    """A hook's calls are signed with another secret from now on."""


class HookTried(HookEvent):
    """An administrator sent a trial."""


@dataclass(frozen=True, kw_only=True)
class DeliveryRepeated(HookEvent):
    """An administrator sent something again."""

    delivery_id: int


class HookSwitchedOff(HookEvent):
    """A hook that had only failed for a day was switched off."""


class HookDropped(HookEvent):
    """An administrator deleted a hook with its log."""


@dataclass(frozen=True, kw_only=True)
class HookGuardOverruled(HookEvent):
    """An administrator said of numbers in a hook's texts that they are no CPR numbers."""

    count: int


class FeedKeyMade(Event):
    """A person has a new key to their feeds; the one before it opens nothing any more."""


class FeedKeyEnded(Event):
    """A person's key to their feeds opens nothing any more."""
