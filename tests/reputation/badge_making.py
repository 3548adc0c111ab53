"""What tests of badges do and look at."""

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.reputation.records import BadgeAward
from midtlink.reputation.sweeping import look_at_badges
from tests.questions.threads import answered, asked


def swept():
    """Let the sweeper look at badges until nobody waits."""
    while look_at_badges():
        pass
    db.session.rollback()


def held(person, badge=None):
    """The steps that a person holds, as {badge: [steps]}, or those of one badge."""
    db.session.rollback()
    found = {}
    for row in standing().filter_by(person_id=person.id).order_by(BadgeAward.step):
        found.setdefault(row.badge, []).append(row.step)
    return found if badge is None else found.get(badge, [])


def standing():
    return db.session.query(BadgeAward).filter(BadgeAward.revoked_at.is_(None))


def award(person, badge, step=1):
    """Give a step of a badge past the sweeper, for pages that show it."""
    row = BadgeAward(person_id=person.id, badge=badge, step=step, awarded_at=clock.now())
    in_transaction(lambda: db.session.add(row))
    return row


def replied(cast, title="Hvordan signerer jeg for en kollega?", **more):
    """An answer by Jonas to a question of Anne's."""
    return answered(asked(cast.anne, title, **more), cast.jonas)
