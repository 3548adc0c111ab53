"""What hooks are told of, and how often a call is tried."""

from dataclasses import dataclass
from datetime import timedelta

#: Kinds of hooks: a chat's incoming webhook, and another system.
CHAT, SYSTEM = "chat", "system"
HOOKS = (CHAT, SYSTEM)


@dataclass(frozen=True)
class EventKind:
    """A kind of event that a hook may be told of."""

    key: str
    #: A chat may be told of it: there is something to be read behind the link.
    is_for_chat: bool = False
    #: It says that a post went away, and so to those alone who were told of the post.
    is_away: bool = False


EVENTS = {
    kind.key: kind
    for kind in (
        EventKind("question.asked", is_for_chat=True),
        EventKind("answer.given", is_for_chat=True),
        EventKind("comment.made", is_for_chat=True),
        EventKind("answer.accepted", is_for_chat=True),
        EventKind("answer.confirmed", is_for_chat=True),
        EventKind("answer.unmarked"),
        EventKind("question.closed", is_for_chat=True),
        EventKind("question.reopened", is_for_chat=True),
        EventKind("post.edited"),
        EventKind("post.hidden", is_away=True),
        EventKind("post.restored"),
        EventKind("post.removed", is_away=True),
    )
}
AWAY = tuple(kind.key for kind in EVENTS.values() if kind.is_away)
FOR_CHAT = tuple(kind.key for kind in EVENTS.values() if kind.is_for_chat)
#: What an administrator sends to see whether anybody answers; no hook chooses it.
TRIAL = "ping"

LONGEST_NAME = 120
LONGEST_URL = 2000
MOST_HOOKS = 100

#: Minutes until the next attempt after the first, second ... has failed: 24 hours in all.
RETRIES = (1, 5, 15, 60, 120, 180, 240, 360, 459)
MOST_ATTEMPTS = len(RETRIES) + 1
#: The longest that a receiver may ask us to wait.
LONGEST_WAIT = timedelta(hours=6)
#: Statuses below 500 that are worth another attempt: a timeout, and too many calls.
TRIED_AGAIN = (408, 429)
#: A hook that has only failed for so long is switched off.
PATIENCE = timedelta(hours=24)

#: Calls that run at the same moment, each to another hook.
MOST_AT_ONCE = 4
#: Deliveries of one step of the sweeper.
MOST_IN_A_STEP = 200
#: Seconds to connect, and for the whole call.
CONNECTING, CALLING = 5.0, 10.0
#: What is read of an answer, in bytes; none of it is kept.
MOST_READ = 65_536


def events_of(kind: str) -> tuple[str, ...]:
    """Return what a hook of this kind can be told of."""
    return FOR_CHAT if kind == CHAT else tuple(EVENTS)


def wait_after(attempts: int, asked_for: timedelta = timedelta(0)) -> timedelta:
    """Return how long to wait after so many attempts; longer where the receiver asked for it."""
    minutes = RETRIES[min(attempts, len(RETRIES)) - 1]
    return max(timedelta(minutes=minutes), min(asked_for, LONGEST_WAIT))


def is_worth_another(status: int | None) -> bool:
    """Say whether a call that failed may succeed later; None is a call without an answer."""
    return status is None or status >= 500 or status in TRIED_AGAIN
