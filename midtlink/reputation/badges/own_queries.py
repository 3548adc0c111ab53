"""The hospital's own awards, and who was given them."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut
from midtlink.people.models import Person
from midtlink.reputation.records import OwnAward, OwnAwardGrant

STANDING = OwnAwardGrant.withdrawn_at.is_(None)


def list_own_awards(*, in_use: bool = False) -> list[OwnAward]:
    """Return the awards by name, those in use first."""
    statement = select(OwnAward).order_by(OwnAward.is_active.desc(), OwnAward.name, OwnAward.id)
    if in_use:
        statement = statement.where(OwnAward.is_active)
    return list(db.session.scalars(statement))


def get_own_award(award_id: int) -> OwnAward:
    """Return an award. Raises NotFound."""
    award = db.session.get(OwnAward, award_id)
    if award is None:
        raise NotFound(award_id)
    return award


def list_grants(
    award: OwnAward, *, after: tuple[int, ...] | None = None, with_unlisted: bool = False
) -> Slice[OwnAwardGrant]:
    """Return a page of those who hold an award, by name; for colleagues only who is listed.

    Administrators, who gave them, see all of them.
    """
    statement = (
        select(OwnAwardGrant)
        .join(OwnAwardGrant.person)
        .where(OwnAwardGrant.award_id == award.id, STANDING)
        .options(joinedload(OwnAwardGrant.person).joinedload(Person.department))
        .order_by(Person.name, OwnAwardGrant.id)
    )
    if not with_unlisted:
        statement = statement.where(Person.is_listed, Person.is_active)
        statement = statement.where(Person.hides_points.is_(False))
    if after:
        last = select(Person.name).join(OwnAwardGrant, OwnAwardGrant.person_id == Person.id)
        name = last.where(OwnAwardGrant.id == after[0]).correlate(None).scalar_subquery()
        same = (Person.name == name) & (OwnAwardGrant.id > after[0])
        statement = statement.where((Person.name > name) | same)
    rows = db.session.scalars(statement.limit(PAGE_SIZE + 1)).unique().all()
    return cut(rows, lambda grant: grant.id)
