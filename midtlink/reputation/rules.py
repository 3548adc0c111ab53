"""What each event is worth, and the arithmetic of the ledger's days. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from midtlink.clock import HOSPITAL_TIME

HELPED, HELPED_SAME, GOOD = "helped", "helped_same", "good"
ACCEPTED, ACCEPTING, CONFIRMED = "accepted", "accepting", "confirmed"
EDIT, WRONG, BRIDGE = "edit", "wrong", "bridge"

#: Characters of the words that go with a thank-you.
LONGEST_THANKS = 200
#: Who has answered so lately is likely to answer again.
ANSWERS_NOW_MINUTES = 30


@dataclass(frozen=True)
class Rule:
    """What an event is worth by default, and how it counts.

    The value valid now is the setting `points_<key>`, a whole number; a penalty takes it away.
    """

    key: str
    points: int
    #: Votes share one cap a day; other rules neither meet it nor use it up.
    is_vote: bool = False
    #: What is counted as help to a colleague, and as knowing the question's topics.
    is_help: bool = False
    is_penalty: bool = False

    @property
    def setting(self) -> str:
        """The key of the setting that holds the rule's value."""
        return f"points_{self.key}"


RULES = {
    rule.key: rule
    for rule in (
        Rule(HELPED, 10, is_vote=True, is_help=True),
        Rule(HELPED_SAME, 12, is_vote=True, is_help=True),
        Rule(GOOD, 5, is_vote=True),
        Rule(ACCEPTED, 15, is_help=True),
        Rule(ACCEPTING, 2),
        Rule(CONFIRMED, 10, is_help=True),
        Rule(EDIT, 2),
        Rule(WRONG, 2, is_penalty=True),
        Rule(BRIDGE, 5),
    )
}
#: The most points that votes give one person in a day, and the setting that says so.
DAILY_CAP, CAP_SETTING = 200, "points_daily_cap"
DEFAULTS = {rule.setting: rule.points for rule in RULES.values()} | {CAP_SETTING: DAILY_CAP}
HELPS = tuple(rule.key for rule in RULES.values() if rule.is_help)
VOTES = tuple(rule.key for rule in RULES.values() if rule.is_vote)
#: Who gives such a vote was helped, for counting bridges; for the other rules it is the asker.
HELPED_VOTERS = (HELPED, HELPED_SAME)


@dataclass(frozen=True)
class Values:
    """What the rules were worth at one moment, by setting."""

    values: Mapping[str, int]

    def worth(self, key: str) -> int:
        """Return the points of a rule, below nothing for a penalty."""
        rule = RULES[key]
        points = self.values[rule.setting]
        return -points if rule.is_penalty else points

    @property
    def daily_cap(self) -> int:
        """The most points from votes in a day."""
        return self.values[CAP_SETTING]


def values_at(changes: Iterable[tuple[datetime, str, int]], rules_at: datetime | None) -> Values:
    """Return what the rules were worth as of a change: (changed_at, setting, value), in order.

    None stands for the time before any change, when the defaults hold.
    """
    values = dict(DEFAULTS)
    for changed_at, setting, value in changes:
        if rules_at is not None and changed_at <= rules_at:
            values[setting] = value
    return Values(values)


def day_of(moment: datetime) -> date:
    """Return the hospital's day on which a moment falls."""
    return moment.astimezone(HOSPITAL_TIME).date()


def capped(worth: int, earned: int, cap: int) -> int:
    """Return what is granted of a vote's worth to one who has earned so much that day."""
    return max(0, min(worth, cap - earned))
