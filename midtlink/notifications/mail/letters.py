"""What a mail says, before it is put into the form of one: words and links, no text of posts."""

import re
from dataclasses import dataclass, field

#: Characters that a line of a mail does not hold: they break lines, turn their direction, or are
#: none (controls, separators, half characters, those for private use).
UNFIT = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\uf8ff]"
    r"|[\U000f0000-\U0010ffff]"
)
LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Link:
    """An address in a mail, and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Item:
    """One thing that the mail tells of."""

    headline: str
    link: Link | None = None
    #: From where and when; why the reader hears of it.
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    """Some things under a heading, or under none."""

    items: tuple[Item, ...]
    heading: str = ""


@dataclass(frozen=True)
class Letter:
    """A mail in the reader's language."""

    subject: str
    sections: tuple[Section, ...]
    language: str = "da"
    #: What the mail begins with, and where the reader can change what is mailed.
    opening: str = ""
    links: tuple[Link, ...] = ()
    #: Takes the press of the mail program's own button, with no sign-in.
    unsubscribe: str = ""
    #: The mails about it are shown as one thread.
    question_id: int | None = None
    sender_place: str = field(default="")


def one_line(text: str) -> str:
    """Return a text as it may stand in a line or a header of a mail."""
    return " ".join(UNFIT.sub(" ", text).split())


def cut_subject(text: str) -> str:
    """Return a text as it stands in a subject."""
    line = one_line(text)
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1].rstrip() + "…"
