"""Taking a badge away that was not won fairly."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Refused
from midtlink.reputation.badges.policy import may_revoke_badges, may_see_badge
from midtlink.reputation.badges.rules import LONGEST_REVOCATION, Badge
from midtlink.reputation.events import BadgeGuardOverruled, BadgeRevoked
from midtlink.reputation.records import BadgeAward
from midtlink.texts import clean_line


def revoke_badge(
    person: Person | None,
    badge: Badge,
    *,
    from_step: int = 1,
    because: str,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Take a badge away for good, from a step on. What they hold below that they keep.

    Raises Refused("username", "not_held") for somebody without it, and in the same words for
    one whose badges the moderator may not see, and PatientDataFound.
    """
    with transaction():
        if by is None or not may_revoke_badges(by):
            raise NotAllowed(by, "revoke", badge)
        because = clean_line(because, "because", most=LONGEST_REVOCATION, least=1)
        overruled = guarding.check({"because": because}, overruled=not_cpr)
        awards = _standing(person, badge, from_step, by)
        if not awards:
            raise Refused("username", "not_held")
        for award in awards:
            award.revoked_at, award.revoked_by_id, award.reason = clock.now(), by.id, because
        about = {"award_id": awards[0].id, "person_id": awards[0].person_id, "by_id": by.id}
        publish(BadgeRevoked(**about))
        if overruled:
            publish(BadgeGuardOverruled(**about, count=overruled))


def _standing(person: Person | None, badge: Badge, from_step: int, by: Person) -> list[BadgeAward]:
    if person is None or not may_see_badge(by, person, badge):
        return []
    statement = select(BadgeAward).where(
        BadgeAward.person_id == person.id,
        BadgeAward.badge == badge.key,
        BadgeAward.step >= from_step,
        BadgeAward.revoked_at.is_(None),
    )
    return list(db.session.scalars(statement.order_by(BadgeAward.step).with_for_update()))
