"""Following systems and tags. What one does already, one may do again: nothing changes."""

from midtlink import clock
from midtlink.access import NotAllowed, NotFound
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.events import SystemFollowed, SystemUnfollowed, TagFollowed, TagUnfollowed
from midtlink.topics.models import System, SystemFollow, Tag, TagFollow
from midtlink.topics.naming import locked_tags, standing
from midtlink.topics.policy import may_follow


def follow_system(system: System, *, by: Person | None) -> None:
    """Follow a system."""
    with transaction():
        if by is None or not may_follow(by, system):
            raise NotAllowed(by, "follow", system)
        hold(f"topics.follow.{by.id}")
        if db.session.get(SystemFollow, (by.id, system.id)) is None:
            follow = SystemFollow(person_id=by.id, system_id=system.id, followed_at=clock.now())
            db.session.add(follow)
            publish(SystemFollowed(system_id=system.id, by_id=by.id))


def unfollow_system(system: System, *, by: Person | None) -> None:
    """Stop following a system, also one that is no longer in use."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "unfollow", system)
        hold(f"topics.follow.{by.id}")
        if follow := db.session.get(SystemFollow, (by.id, system.id)):
            db.session.delete(follow)
            publish(SystemUnfollowed(system_id=system.id, by_id=by.id))


def follow_tag(tag: Tag, *, by: Person | None) -> None:
    """Follow a tag; one that was merged meanwhile gives what it became."""
    with transaction():
        if by is None or not may_follow(by, tag):
            raise NotAllowed(by, "follow", tag)
        hold(f"topics.follow.{by.id}")
        tag = _locked(tag)
        if db.session.get(TagFollow, (by.id, tag.id)) is None:
            db.session.add(TagFollow(person_id=by.id, tag_id=tag.id, followed_at=clock.now()))
            publish(TagFollowed(tag_id=tag.id, by_id=by.id))


def unfollow_tag(tag: Tag, *, by: Person | None) -> None:
    """Stop following a tag."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "unfollow", tag)
        hold(f"topics.follow.{by.id}")
        tag = _locked(tag)
        if follow := db.session.get(TagFollow, (by.id, tag.id)):
            db.session.delete(follow)
            publish(TagUnfollowed(tag_id=tag.id, by_id=by.id))


def _locked(tag: Tag) -> Tag:
    """Return what the tag stands for, locked. NotFound for one that was removed meanwhile."""
    found = locked_tags([tag.id])
    if not found:
        raise NotFound(tag.id)
    return standing(*found)
