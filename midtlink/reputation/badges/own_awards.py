"""The hospital's own awards: making one up, giving it, withdrawing it."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock, guarding
from midtlink.access import NotAllowed, NotFound
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Refused
from midtlink.reputation import events as facts
from midtlink.reputation.badges.own_queries import get_own_award, list_own_awards
from midtlink.reputation.badges.policy import may_keep_awards
from midtlink.reputation.badges.rules import (
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    LONGEST_REASON,
    MOST_OWN_AWARDS,
)
from midtlink.reputation.records import OwnAward, OwnAwardGrant
from midtlink.texts import clean_line

#: Who changes awards holds this: the tenth is made up once.
AWARDS = "reputation.own_awards"


def save_own_award(
    award: OwnAward | None,
    *,
    name: str,
    description: str,
    is_active: bool = True,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> OwnAward:
    """Make up an award (None), or change one. One out of use can no longer be given.

    Raises Refused("name", "taken") and, beyond ten in use, Refused("", "too_many_awards").
    """
    with transaction():
        by = _enter(by, "save")
        is_new = award is None
        award = get_own_award(award.id) if award else OwnAward(name="", description="")
        texts = {
            "name": clean_line(name, "name", most=LONGEST_NAME, least=1),
            "description": clean_line(description, "description", most=LONGEST_DESCRIPTION),
        }
        known = f"{award.name}\n\n{award.description}"
        overruled = guarding.check(texts, overruled=not_cpr, known=known)
        others = [each for each in list_own_awards() if each is not award]
        if texts["name"].casefold() in {other.name.casefold() for other in others}:
            raise Refused("name", "taken")
        if is_active and sum(other.is_active for other in others) >= MOST_OWN_AWARDS:
            raise Refused("", "too_many_awards", most=MOST_OWN_AWARDS)
        if is_new:
            award.made_at, award.made_by_id = clock.now(), by.id
        award.name, award.description = texts["name"], texts["description"]
        award.is_active = is_active
        db.session.add(award)
        db.session.flush()
        publish(facts.OwnAwardSaved(own_award_id=award.id, by_id=by.id))
        _tell(award, overruled, by)
        return award


def give_own_award(
    award: OwnAward,
    person: Person | None,
    *,
    reason: str,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> OwnAwardGrant:
    """Give a colleague an award. The same for the same reason again gives the one that stands.

    Raises Refused for nobody, somebody who has left, and an award that is out of use.
    """
    with transaction():
        by = _enter(by, "give")
        award = get_own_award(award.id)
        if not award.is_active:
            raise Refused("", "out_of_use")
        reason = clean_line(reason, "reason", most=LONGEST_REASON, least=1)
        overruled = guarding.check({"reason": reason}, overruled=not_cpr)
        if person is None or not person.is_active:
            raise Refused("username", "unknown_person")
        of = {"award_id": award.id, "person_id": person.id, "reason": reason}
        known = select(OwnAwardGrant).filter_by(**of).where(OwnAwardGrant.withdrawn_at.is_(None))
        if found := db.session.scalars(known).first():
            return found
        grant = OwnAwardGrant(**of, given_at=clock.now(), given_by_id=by.id)
        db.session.add(grant)
        db.session.flush()
        about = {"own_award_id": award.id, "grant_id": grant.id, "person_id": person.id}
        publish(facts.OwnAwardGiven(**about, by_id=by.id))
        _tell(award, overruled, by)
        return grant


def withdraw_own_award(grant_id: int, *, by: Person | None) -> OwnAwardGrant:
    """Withdraw an award from a colleague; its row stays. Raises NotFound."""
    with transaction():
        by = _enter(by, "withdraw")
        grant = db.session.get(OwnAwardGrant, grant_id, populate_existing=True)
        if grant is None:
            raise NotFound(grant_id)
        if grant.withdrawn_at is None:
            grant.withdrawn_at, grant.withdrawn_by_id = clock.now(), by.id
            about = {"own_award_id": grant.award_id, "grant_id": grant.id}
            publish(facts.OwnAwardWithdrawn(**about, person_id=grant.person_id, by_id=by.id))
        return grant


def _enter(by: Person | None, action: str) -> Person:
    if by is None or not may_keep_awards(by):
        raise NotAllowed(by, action, "own awards")
    hold(AWARDS)
    return by


def _tell(award: OwnAward, overruled: int, by: Person) -> None:
    if overruled:
        fact = facts.OwnAwardGuardOverruled
        publish(fact(own_award_id=award.id, count=overruled, by_id=by.id))
