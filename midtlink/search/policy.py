"""Who looks after what the search finds. Nobody (None) may do nothing."""

from sqlalchemy import ColumnElement, Select, and_, or_, select

from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.models import SuperUser, System


def may_change_synonyms(person: Person | None) -> bool:
    """IT, moderators and administrators know the hospital's words; experts know their system's."""
    return _has(person, REVIEWER, MODERATOR, ADMINISTRATOR) or is_expert(person)


def may_see_unfound(person: Person | None) -> bool:
    """IT and moderators see what nobody found; experts do because they can answer it."""
    return _has(person, REVIEWER, MODERATOR) or is_expert(person)


def is_expert(person: Person | None) -> bool:
    """Say whether the person owns a system or is a super-user."""
    if person is None or not person.is_active:
        return False
    appointed = select(SuperUser.id).where(_is_standing(person))
    owned = select(System.id).where(System.owner_id == person.id, System.is_active)
    return bool(db.session.scalar(select(or_(appointed.exists(), owned.exists()))))


def ids_in_care(person: Person) -> Select[int]:
    """Select the ids of the systems that a person owns or is super-user of."""
    appointed = select(SuperUser.system_id).where(
        _is_standing(person), SuperUser.system_id.is_not(None)
    )
    return select(System.id).where(or_(System.owner_id == person.id, System.id.in_(appointed)))


def _is_standing(person: Person) -> ColumnElement[bool]:
    return and_(SuperUser.person_id == person.id, SuperUser.ended_at.is_(None))


def _has(person: Person | None, *roles: str) -> bool:
    return person is not None and person.is_active and person.has_role(*roles)
