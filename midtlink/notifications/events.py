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


class NoticesChosen(Event):
    """A person chose how and when to be told."""
