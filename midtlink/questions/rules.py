"""Numbers and pure functions of the questions."""

import math
import re
import unicodedata
from datetime import timedelta

LONGEST_TITLE = 200
LONGEST_BODY = 40_000
LONGEST_COMMENT = 1_000
LONGEST_NOTE = 500
MOST_TAGS = 5
LONGEST_KEY = 40
#: Why a question stops taking answers, beside "duplicate", which names another question.
DUPLICATE = "duplicate"
CLOSING_REASONS = ("solved_elsewhere", "outdated", "off_topic", "unclear")
#: The reactions that a post of a kind takes, and those that exclude each other.
REACTIONS = {"question": ("good", "same"), "answer": ("helped", "failed"), "comment": ()}
OPPOSITES = {"helped": "failed", "failed": "helped"}
#: Standing reactions that count as votes for and against a post.
VOTES_FOR, VOTES_AGAINST = ("good", "helped"), ("failed", "down")
#: The votes of which a person has so many a day (setting votes_per_day), and so many left when
#: they are told.
DAILY_VOTES, FEW_VOTES = ("good", "helped", "failed"), 5
FLAG_REASONS = ("wrong", "outdated", "dangerous", "patient_data")
#: What may hurt a patient: nobody needs points to say so.
ALWAYS_REPORTED = ("dangerous", "patient_data")
#: How much of each one person may do in so many minutes; posts have settings of their own.
PACES = {
    "flags": 20, "edits": 30, "suggestions": 20, "reactions": 60,
    "acceptances": 60, "deletions": 60, "thanks": 20,
}  # fmt: skip
PACE_MINUTES = 10
#: Looks at a thread with no longer pause between them are one visit: counted once as a view, and
#: what was new at its beginning stays marked until it ends.
ONE_VISIT = timedelta(minutes=10)
#: What stands where a text was removed for ever.
REDACTED = "Fjernet: patientdata"
#: The normal quantile of a 95 % confidence interval.
Z = 1.96
#: How many colleagues, teams and departments a post may name in all, and how many of a kind; and
#: how many words of one are looked up.
MOST_MENTIONS = 10
MOST_OF_KIND = {"team": 3, "department": 1}
MOST_LOOKED_UP = 100
#: What stands before the name of a department, after the @.
OF_DEPARTMENT = "afd."
#: Words that stand for a page of a question where its title stands in the address.
PAGES_OF_QUESTION = {"udskriv", "lukning"}
LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "ae", "Ø": "oe", "Å": "aa"})


def wilson_lower_bound(up: int, down: int) -> float:
    """Return the lower end of the 95 % interval for the share of up, 0 without any vote.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference (1927).
    """
    n = up + down
    if n <= 0:
        return 0.0
    share = up / n
    middle = share + Z * Z / (2 * n)
    spread = Z * math.sqrt((share * (1 - share) + Z * Z / (4 * n)) / n)
    return max(0.0, (middle - spread) / (1 + Z * Z / n))


def slug(title: str) -> str:
    """Return the title as words for an address: at most 80 characters of a-z, 0-9 and hyphens."""
    plain = unicodedata.normalize("NFKD", title.translate(LETTERS))
    words = re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())
    made = "-".join(words)[:80].strip("-") or "-"
    return f"{made}-" if made in PAGES_OF_QUESTION else made


def department_word(name: str) -> str:
    """Return the word that names a department after an @."""
    return OF_DEPARTMENT + slug(name)


def status(*, is_closed: bool, is_solved: bool, answer_count: int) -> str:
    """Return the status of a thread from what its rows say."""
    if is_closed:
        return "closed"
    if is_solved:
        return "solved"
    return "answered" if answer_count else "unanswered"
