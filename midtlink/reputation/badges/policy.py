"""Who may take badges away, and who may keep the hospital's own awards."""

from midtlink.access import MODERATOR
from midtlink.people.models import Person
from midtlink.people.policy import may_administer, may_see_points
from midtlink.reputation.badges.rules import Badge


def may_see_badge(by: Person | None, person: Person | None, badge: Badge) -> bool:
    """Say whether somebody may know that a person has a badge, or has it not."""
    if by is None or person is None or not by.is_active:
        return False
    return not badge.is_by_help or may_see_points(by, person)


def may_revoke_badges(by: Person | None) -> bool:
    """Moderators take a badge away that was not won fairly."""
    return by is not None and by.is_active and by.has_role(MODERATOR)


def may_keep_awards(by: Person | None) -> bool:
    """Administrators make up the hospital's own awards, give them and withdraw them."""
    return by is not None and by.is_active and may_administer(by)
