"""Which kinds of notices there are, how each is mailed by default, and why somebody hears."""

from dataclasses import dataclass

#: How a kind is mailed: at once, at most once an hour for a thread, in a digest, or not.
IMMEDIATE, COLLECTED, DAILY, WEEKLY, OFF = "immediate", "collected", "daily", "weekly", "off"
#: What a hospital has asked, answered and learnt in a week.
OVERVIEW = "overview"
MODES = (IMMEDIATE, COLLECTED, DAILY, WEEKLY, OFF)


@dataclass(frozen=True)
class Kind:
    """A kind of notice: a row here, and its words in wording.py."""

    key: str
    #: How it is mailed to who has chosen nothing.
    mode: str = WEEKLY
    #: It is about one's own doings: a muted thread does not silence it.
    is_own: bool = False
    #: What can be chosen of it.
    modes: tuple[str, ...] = MODES


KINDS = {
    kind.key: kind
    for kind in (
        Kind("answer", IMMEDIATE),
        Kind("followed_answer"),
        Kind("comment"),
        Kind("followed_comment"),
        Kind("mention"),
        Kind("question", DAILY),
        Kind("accepted", is_own=True),
        Kind("confirmed", is_own=True),
        Kind("helped", is_own=True),
        Kind("thanks", is_own=True),
        Kind("edited", is_own=True),
        Kind("suggestion", is_own=True),
        Kind("suggestion_decided", is_own=True),
        Kind("closed"),
        Kind("duplicate"),
        Kind("flag_decided", is_own=True),
        Kind("badge", is_own=True),
        Kind("award", is_own=True),
        Kind("saved_search"),
        # No notice is of this kind: it is what the weekly digest tells beside notices.
        Kind(OVERVIEW, modes=(WEEKLY, OFF)),
    )
}
#: Why somebody hears of a matter; who has several reasons is given the first.
REASONS = (
    "asked",
    "wrote",
    "mention",
    "team",
    "mentioned_department",
    "thread",
    "system",
    "tag",
    "person",
    "department",
    "reported",
    "suggested",
    "earned",
    "searched",
)
#: The hour of Europe/Copenhagen until which "later" puts a thread aside.
LATER_HOUR = 7
#: Notices of one thread that the inbox shows before it counts the others.
SHOWN_OF_THREAD = 5
