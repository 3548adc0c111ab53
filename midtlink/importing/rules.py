"""Numbers, names and pure functions of importing: what a dump's codes mean, whose licence it is."""

import re
from datetime import UTC, datetime

DEPARTMENT = "Importeret"
#: Characters of one imported text that are rendered; a longer one is shown as plain text.
LONGEST_TEXT = 200_000
LONGEST_SITE = 50

QUESTION_TYPE, ANSWER_TYPE, EXCERPT_TYPE, WIKI_TYPE = 1, 2, 4, 5
POST_TYPES = {
    3: "orphaned tag wiki", 6: "moderator nomination", 7: "wiki placeholder", 8: "privilege wiki",
}  # fmt: skip
ACCEPTING, UP, DOWN = 1, 2, 3
VOTE_TYPES = {
    4: "offensive", 5: "favourite", 6: "close", 7: "reopen", 8: "bounty start", 9: "bounty end",
    10: "deletion", 11: "undeletion", 12: "spam", 13: "informing a moderator",
    15: "moderator review", 16: "approval of a suggested edit",
}  # fmt: skip
#: History rows that hold a title (1, 4, 7), a body (2, 5, 8) or tags (3, 6, 9).
TITLES, BODIES, TAGS = {1, 4, 7}, {2, 5, 8}, {3, 6, 9}
CLOSING, REOPENING = 10, 11
HISTORY_TYPES = {
    12: "deletion", 13: "undeletion", 14: "lock", 15: "unlock", 16: "community ownership",
    17: "migration", 18: "merge", 19: "protection", 20: "unprotection", 21: "disassociation",
    22: "unmerge", 24: "approval of a suggested edit", 25: "tweet", 31: "comments moved to chat",
    33: "notice added", 34: "notice removed", 35: "migration away", 36: "migration here",
    37: "merge source", 38: "merge destination", 50: "bump by the system",
    52: "selection for hot questions", 53: "removal from hot questions",
}  # fmt: skip
LINKED, DUPLICATE = 1, 3
#: Reasons that a dump gives for closing, by code: ours, and the words that it stands for.
CLOSE_REASONS = {
    "1": ("duplicate", "exact duplicate"),
    "2": ("off_topic", "off-topic"),
    "3": ("other", "not constructive"),
    "4": ("unclear", "not a real question"),
    "7": ("other", "too localized"),
    "10": ("other", "general reference"),
    "20": ("other", "noise or pointless"),
    "101": ("duplicate", "duplicate"),
    "102": ("off_topic", "off-topic"),
    "103": ("unclear", "unclear what you're asking"),
    "104": ("other", "too broad"),
    "105": ("other", "primarily opinion-based"),
}
UNKNOWN_REASON = ("other", "closed")
LOST_DUPLICATE = ("other", "duplicate of a question that no longer exists")

#: When Stack Exchange changed its licence: a text without one is under that of its day
#: (stackoverflow.com/help/licensing).
LICENCES = (
    (datetime(2018, 5, 2, tzinfo=UTC), "CC BY-SA 4.0"),
    (datetime(2011, 4, 8, tzinfo=UTC), "CC BY-SA 3.0"),
)
FIRST_LICENCE = "CC BY-SA 2.5"

DATED = re.compile(r"[-_. ]?(?:19|20)\d\d(?:[-_.]?\d\d){0,2}\b.*$")
DOMAIN = re.compile(r"\.stackexchange\.com$|\.com$")
SITE = re.compile(r"[a-z0-9][a-z0-9.-]*")


def licence(given: str | None, written_at: datetime) -> str:
    """Return the licence of a text: the one it names, else that of the day it was written."""
    if given:
        return given[:40]
    return next((name for since, name in LICENCES if written_at >= since), FIRST_LICENCE)


def site_name(folder: str) -> str:
    """Return a name for the site of a folder or file: "alcohol-2016-09" gives "alcohol"."""
    undated = DATED.sub("", folder.lower())
    words = re.findall(r"[a-z0-9]+", DOMAIN.sub("", undated))
    return "-".join(words)[: LONGEST_SITE - 5].strip("-") or "site"


def is_site_name(name: str) -> bool:
    """Say whether somebody may give a site this name."""
    return bool(SITE.fullmatch(name)) and len(name) <= LONGEST_SITE


def username(site: str, key: str) -> str:
    """Return the username of an imported person; -1 is a site's own "Community"."""
    return f"{site}-{'community' if key == '-1' else key}"


def split_tags(text: str) -> list[str]:
    """Return the tags of a question in a dump: `<a><b>`, since 2024 `|a|b|`."""
    return [name for name in re.split(r"[<>|]+", text) if name]


def cut(text: str, most: int) -> str:
    """Return the text on one line, shortened with an ellipsis where it is too long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def read_moment(text: str) -> datetime:
    """Return a dump's moment, which is UTC unless it says otherwise. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
