"""The badges, one row each. No badge knows of another one: each has its own count.

None is for writing much: what counts is that it helped a colleague, or that somebody agreed.
"""

from dataclasses import dataclass
from datetime import timedelta

#: What is counted for a person (counting.py, credits.py), by the words that a row names it with.
QUESTIONS, ANSWERS = "questions asked", "answers given"
CHOSEN, SOLVED, CONFIRMED = "answers chosen", "questions solved", "answers confirmed"
HELPS, MOST_HELPED = "helps", "helps of the best answer"
QUICK, AT_NIGHT = "answers chosen that came at once", "answers that helped, given at night"
DEPARTMENTS, SITES = "departments helped", "sites helped"
PROFESSIONS, SYSTEMS = "professions helped", "systems helped with"
REVIVED, WELCOMED = "forgotten questions answered", "first questions answered"
MOST_LIKED, MOST_SHARED = "votes for the best question", "colleagues with the same problem"
CHOICES, EDITS, IMPROVED = "answers one chose", "edits taken over", "old answers improved"
THANKS, THANKED = "thanks received", "thanks given"
DUPLICATES, REPORTS, SHIELDED = "duplicates found", "reports upheld", "patients shielded"
APPOINTMENTS = "appointments"

#: An answer within this time of its question came at once.
AT_ONCE = timedelta(minutes=15)
#: A question without any answer for so long is forgotten; an answer older than this is old.
FORGOTTEN_AFTER, OLD_AFTER = timedelta(days=30), timedelta(days=365)
#: The hours of the night, on the hospital's clocks: from the first until the second.
NIGHT = 23, 6

HELPING, CROSSING, ASKING, CARING = "helping", "crossing", "asking", "caring"
GROUPS = (HELPING, CROSSING, ASKING, CARING)


@dataclass(frozen=True)
class Badge:
    """A badge: what is counted for it, and how many of that each of its steps takes."""

    key: str
    group: str
    icon: str
    counts: str
    steps: tuple[int, ...] = (1,)
    #: Won by points or by help: who hides their points hides it too.
    is_by_help: bool = False

    def steps_won(self, count: int) -> int:
        """Return how many of the steps so many have won."""
        return sum(count >= needed for needed in self.steps)

    def next_step(self, count: int) -> int | None:
        """Return how many the next step takes; None where all are won."""
        return next((needed for needed in self.steps if count < needed), None)


BADGES = {
    badge.key: badge
    for badge in (
        Badge("first_answer", HELPING, "reply", ANSWERS),
        Badge("first_chosen", HELPING, "check", CHOSEN, is_by_help=True),
        Badge("solver", HELPING, "success", SOLVED, (1, 10, 50, 150), is_by_help=True),
        Badge("helpful", HELPING, "plus", HELPS, (10, 50, 250), is_by_help=True),
        Badge("favourite", HELPING, "bookmark", MOST_HELPED, (5, 15, 40), is_by_help=True),
        Badge("confirmed_by_it", HELPING, "star", CONFIRMED, (1, 10, 50), is_by_help=True),
        Badge("quick_help", HELPING, "time", QUICK, (1, 10, 50), is_by_help=True),
        Badge("night_watch", HELPING, "notifications", AT_NIGHT, (1, 10, 50), is_by_help=True),
        Badge("reviver", HELPING, "refresh", REVIVED, (1, 10), is_by_help=True),
        Badge("welcome", HELPING, "account", WELCOMED, (1, 10), is_by_help=True),
        Badge("thanked", HELPING, "send", THANKS, (1, 10, 50), is_by_help=True),
        Badge("bridge_builder", CROSSING, "link", DEPARTMENTS, (1, 5, 10, 20), is_by_help=True),
        Badge("site_hopper", CROSSING, "home", SITES, (1, 3, 5), is_by_help=True),
        Badge("interprofessional", CROSSING, "groups", PROFESSIONS, (1, 3, 6), is_by_help=True),
        Badge("all_round", CROSSING, "tune", SYSTEMS, (3, 6, 10), is_by_help=True),
        Badge("first_question", ASKING, "help", QUESTIONS),
        Badge("good_question", ASKING, "star", MOST_LIKED, (3, 10, 25), is_by_help=True),
        Badge("same_problem", ASKING, "groups", MOST_SHARED, (10,)),
        Badge("chooser", ASKING, "check", CHOICES, (1, 10, 50), is_by_help=True),
        Badge("thankful", ASKING, "forum", THANKED, (1, 10, 50)),
        Badge("editor", CARING, "edit", EDITS, (1, 10, 50), is_by_help=True),
        Badge("updater", CARING, "document", IMPROVED, (1, 10), is_by_help=True),
        Badge("tidier", CARING, "copy", DUPLICATES, (1, 10)),
        Badge("watchdog", CARING, "flag", REPORTS, (1, 10)),
        Badge("shield", CARING, "lock", SHIELDED, (1, 5)),
        Badge("super_user", CARING, "support-agent", APPOINTMENTS),
    )
}

#: Fewer holders than this are not counted in public.
FEWEST_COUNTED = 5
#: Administrators keep at most so many awards of their own in use.
MOST_OWN_AWARDS = 10
LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_REASON = 60, 300, 300
LONGEST_REVOCATION = 500


def all_names() -> set[str]:
    """Return what the badges count, each by its name."""
    return {badge.counts for badge in BADGES.values()}
