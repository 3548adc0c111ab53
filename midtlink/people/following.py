"""Following colleagues and departments. What one does already, one may do again."""

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import Event, hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.events import (
    DepartmentFollowed,
    DepartmentUnfollowed,
    PersonFollowed,
    PersonUnfollowed,
)
from midtlink.people.models import Department, DepartmentFollow, Person, PersonFollow
from midtlink.people.policy import may_follow_department, may_follow_person


def follow_person(person: Person, *, by: Person | None) -> None:
    """Follow a colleague: hear of what they ask."""
    with transaction():
        if by is None or not may_follow_person(by, person):
            raise NotAllowed(by, "follow", person)
        follow = PersonFollow(person_id=by.id, followed_id=person.id, followed_at=clock.now())
        _add(follow, (by.id, person.id), PersonFollowed(by_id=by.id, person_id=person.id))


def unfollow_person(person: Person, *, by: Person | None) -> None:
    """Stop following a colleague, also one who has left."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "unfollow", person)
        fact = PersonUnfollowed(by_id=by.id, person_id=person.id)
        _drop(PersonFollow, (by.id, person.id), fact)


def follow_department(department: Department, *, by: Person | None) -> None:
    """Follow a department: hear of what its colleagues ask."""
    with transaction():
        if by is None or not may_follow_department(by, department):
            raise NotAllowed(by, "follow", department)
        moment, key = clock.now(), (by.id, department.id)
        follow = DepartmentFollow(person_id=key[0], department_id=key[1], followed_at=moment)
        _add(follow, key, DepartmentFollowed(by_id=by.id, department_id=department.id))


def unfollow_department(department: Department, *, by: Person | None) -> None:
    """Stop following a department."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "unfollow", department)
        fact = DepartmentUnfollowed(by_id=by.id, department_id=department.id)
        _drop(DepartmentFollow, (by.id, department.id), fact)


def _add(follow: PersonFollow | DepartmentFollow, key: tuple[int, int], fact: Event) -> None:
    hold(f"people.follow.{fact.by_id}")
    if db.session.get(type(follow), key) is None:
        db.session.add(follow)
        publish(fact)


def _drop(kind: type[PersonFollow | DepartmentFollow], key: tuple[int, int], fact: Event) -> None:
    hold(f"people.follow.{fact.by_id}")
    if follow := db.session.get(kind, key):
        db.session.delete(follow)
        publish(fact)
