"""Who may do what with systems and tags. Nobody (None) may do nothing."""

from midtlink.access import ADMINISTRATOR, MODERATOR, REVIEWER
from midtlink.people.models import Person
from midtlink.people.privileges import MAKE_TAGS, has_privilege
from midtlink.topics.models import System, Tag


def may_follow(person: Person | None, topic: System | Tag | None) -> bool:
    """Every colleague may follow what is in use."""
    return _is_colleague(person) and topic is not None and getattr(topic, "is_active", True)


def may_describe(person: Person | None, tag: Tag | None) -> bool:
    """Every colleague may say what a tag means: whoever knows it, writes it."""
    return _is_colleague(person) and tag is not None


def may_make_tags(person: Person | None) -> bool:
    """Say whether a word that the person writes may become a tag that was none before."""
    return has_privilege(person, MAKE_TAGS)


def may_join_tags(person: Person | None) -> bool:
    """Moderators say which words mean the same: synonyms and merges move other people's words."""
    return _has(person, MODERATOR)


def may_save_systems(person: Person | None) -> bool:
    """Administrators decide which systems there are, and what is said about them."""
    return _has(person, ADMINISTRATOR)


def may_set_status(person: Person | None, system: System | None) -> bool:
    """IT says how a system is running, at night too, when no administrator is at work."""
    return system is not None and system.is_active and _has(person, ADMINISTRATOR, REVIEWER)


def may_appoint(person: Person | None) -> bool:
    """Administrators appoint super-users."""
    return _has(person, ADMINISTRATOR)


def _is_colleague(person: Person | None) -> bool:
    return person is not None and person.is_active


def _has(person: Person | None, *roles: str) -> bool:
    return person is not None and person.is_active and person.has_role(*roles)
