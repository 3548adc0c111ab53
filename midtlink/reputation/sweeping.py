"""What reputation does by itself: lanes of the sweeper."""

from midtlink.events import in_transaction
from midtlink.reputation.badges.checking import BATCH, check_waiting
from midtlink.reputation.badges.noticing import notice_entries
from midtlink.reputation.fairness.proposing import is_due, look_through
from midtlink.reputation.thanks import forget_withdrawn
from midtlink.settings import queries as settings
from midtlink.sweeper import lane


@lane("fairness", every=3600)
def look_for_patterns() -> bool:
    """Look through the votes once a night. Where points are switched off nothing is to be won."""
    if settings.is_on("points_are_on") and is_due():
        look_through()
    return False


@lane("thanks", every=3600)
def forget_thanks() -> bool:
    """Remove the words of thanks that were taken back."""
    in_transaction(forget_withdrawn)
    return False


@lane("badges", every=5)
def look_at_badges() -> bool:
    """Award the badges that were won, and take back those that no longer are."""
    has_more = notice_entries()
    return check_waiting() == BATCH or has_more
