"""Letting a person in, and out: who has left signs in no more, at once."""

from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.events import PersonActivated, PersonDeactivated
from midtlink.people.models import Person
from midtlink.people.passwords import end_links
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.roles import demand_another_administrator, hold_roles
from midtlink.people.signing_out import end_sign_ins


def deactivate(person: Person, *, by: Actor) -> None:
    """End a person's sign-ins and links, and admit no new ones. Their posts stay.

    Raises Refused for the last active administrator.
    """
    with transaction():
        demand_administrator(by, "deactivate", person)
        hold_roles()
        db.session.refresh(person)
        if person.is_active:
            demand_another_administrator(person)
            person.is_active = False
            end_links(person.id)
            end_sign_ins(person.id, by_id=by.id)
            publish(PersonDeactivated(by_id=by.id, person_id=person.id))


def activate(person: Person, *, by: Actor) -> None:
    """Let a person sign in again."""
    with transaction():
        demand_administrator(by, "activate", person)
        if not person.is_active:
            person.is_active = True
            publish(PersonActivated(by_id=by.id, person_id=person.id))
