"""Giving and taking roles. There is always an active administrator left."""

from sqlalchemy import func, select

from midtlink import clock
from midtlink.access import ADMINISTRATOR, ROLES
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.events import RoleGranted, RoleRevoked
from midtlink.people.models import Person, RoleGrant
from midtlink.people.policy import Actor, demand_administrator
from midtlink.refusals import BadInput, Refused


def grant_role(person: Person, role: str, *, by: Actor) -> None:
    """Give a person a role. Giving it twice changes nothing."""
    with transaction():
        grant = _find_grant(person, role, by)
        if grant is None:
            row = RoleGrant(role=role, granted_at=clock.now(), granted_by_id=by.id)
            person.role_grants.append(row)
            publish(RoleGranted(by_id=by.id, person_id=person.id, role=role))


def revoke_role(person: Person, role: str, *, by: Actor) -> None:
    """Take a role away. Raises Refused when nobody could administrate any more."""
    with transaction():
        grant = _find_grant(person, role, by)
        if grant is not None:
            if role == ADMINISTRATOR:
                demand_another_administrator(person)
            person.role_grants.remove(grant)
            publish(RoleRevoked(by_id=by.id, person_id=person.id, role=role))


def demand_another_administrator(person: Person) -> None:
    """Raise Refused when the person is the last active administrator."""
    if not (person.is_active and person.has_role(ADMINISTRATOR)):
        return
    statement = (
        select(func.count(Person.id))
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role == ADMINISTRATOR, Person.is_active, Person.id != person.id)
    )
    if not db.session.scalar(statement):
        raise Refused("person", "last_administrator")


def hold_roles() -> None:
    """Let one change of roles pass at a time: two administrators may not take each other's."""
    hold("roles")


def _find_grant(person: Person, role: str, by: Actor) -> RoleGrant | None:
    demand_administrator(by, "change roles", person)
    if role not in ROLES:
        raise BadInput("role")
    hold_roles()
    db.session.refresh(person, ["role_grants", "is_active"])
    return next((grant for grant in person.role_grants if grant.role == role), None)
