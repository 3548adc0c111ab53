"""Finding systems and tags, and what a person follows or looks after."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.people.models import Department, Person
from midtlink.texts import FORBIDDEN
from midtlink.topics import rules
from midtlink.topics.models import SuperUser, System, SystemFollow, Tag, TagFollow
from midtlink.topics.naming import tags_named

__all__ = ["tags_named"]
TAGS_SHOWN = 60
EVERY = true()


def find_system(slug: str) -> System | None:
    """Return the system with the address, also one that is no longer in use."""
    if FORBIDDEN.search(slug):
        return None
    statement = select(System).where(System.slug == slug)
    owner = joinedload(System.owner).joinedload(Person.department)
    return db.session.scalars(statement.options(owner)).one_or_none()


def get_system(slug: str) -> System:
    """Return the system with the address. Raises NotFound."""
    system = find_system(slug)
    if system is None:
        raise NotFound(slug)
    return system


def list_systems(*, with_inactive: bool = False) -> Sequence[System]:
    """Return the systems in use by name, or all of them with their owners."""
    statement = select(System).order_by(System.name, System.id)
    everything = statement.options(joinedload(System.owner))
    return db.session.scalars(
        everything if with_inactive else statement.where(System.is_active)
    ).all()


def suggest_system(title: str) -> System | None:
    """Return the system that a question's title most likely is about."""
    systems = {system.slug: system for system in list_systems()}
    candidates = [rules.Candidate(each.slug, each.name, each.words) for each in systems.values()]
    suggested = rules.suggest(title, candidates)
    return systems[suggested] if suggested else None


def find_name(name: str, *, among: ColumnElement[bool] = EVERY) -> Tag | None:
    """Return the row of a tag or a synonym, however the name is spelled."""
    if FORBIDDEN.search(name):
        return None
    return _find_row(Tag.key == rules.tag_key(rules.plain_tag(name)), among)


def find_tag(name: str) -> Tag | None:
    """Return the tag that the name gives, however it is spelled: synonyms give their tag."""
    row = find_name(name)
    return row and (row.synonym_of or row)


def get_row(word: str, *, among: ColumnElement[bool] = EVERY) -> Tag:
    """Return the row of a tag or a synonym that an address names. Raises NotFound."""
    number = rules.numbered_tag(word)
    row = find_name(word, among=among) if number is None else _find_row(Tag.id == number, among)
    if row is None:
        raise NotFound(word)
    return row


def get_tag(word: str, *, among: ColumnElement[bool] = EVERY) -> Tag:
    """Return the tag that an address names, synonyms giving their tag. Raises NotFound."""
    row = get_row(word, among=among)
    return row.synonym_of or row


def list_synonyms(tag: Tag) -> Sequence[Tag]:
    """Return the other words for a tag, by name."""
    statement = select(Tag).where(Tag.synonym_of_id == tag.id).order_by(Tag.name)
    return db.session.scalars(statement).all()


def list_tags(
    words: str = "", *, among: ColumnElement[bool] = EVERY, limit: int = TAGS_SHOWN
) -> Sequence[Tag]:
    """Return the first tags by name, of those whose name or synonym holds the words.

    A tag that is called just that comes before all others.
    """
    if FORBIDDEN.search(words):
        return []
    key, folded = rules.tag_key(name := rules.plain_tag(words)), rules.fold(name)
    is_itself = Tag.key == key
    held = Tag.key.contains(folded, autoescape=True) if folded.strip() or not name else is_itself
    statement = (
        select(Tag)
        .where(held | is_itself, among)
        .order_by(is_itself.desc(), Tag.name)
        .limit(limit)
        .options(joinedload(Tag.synonym_of))
    )
    return list(dict.fromkeys(tag.synonym_of or tag for tag in db.session.scalars(statement)))


def ids_of_systems(person: Person) -> Select[int]:
    """Select the ids of the systems that a person follows, owns or is super-user of."""
    follows = select(SystemFollow.system_id).where(SystemFollow.person_id == person.id)
    looks_after = select(SuperUser.system_id).where(
        SuperUser.person_id == person.id,
        SuperUser.ended_at.is_(None),
        SuperUser.system_id.is_not(None),
    )
    mine = or_(System.id.in_(follows), System.id.in_(looks_after), System.owner_id == person.id)
    return select(System.id).where(mine)


def systems_of(person: Person) -> Sequence[System]:
    """Return the systems in use that a person follows, owns or is super-user of, by name."""
    mine = System.id.in_(ids_of_systems(person))
    statement = select(System).where(System.is_active, mine).order_by(System.name)
    return db.session.scalars(statement).all()


def followed_systems(person: Person) -> set[int]:
    """Return the ids of the systems that a person follows."""
    statement = select(SystemFollow.system_id).where(SystemFollow.person_id == person.id)
    return set(db.session.scalars(statement))


def tags_of(person: Person) -> Sequence[Tag]:
    """Return the tags that a person follows, by name."""
    statement = (
        select(Tag)
        .join(TagFollow, TagFollow.tag_id == Tag.id)
        .where(TagFollow.person_id == person.id)
        .order_by(Tag.name)
    )
    return db.session.scalars(statement).all()


def list_super_users(system: System | None = None) -> Sequence[SuperUser]:
    """Return the standing appointments of active colleagues: of one system, or all."""
    statement = (
        select(SuperUser)
        .join(SuperUser.person)
        .where(SuperUser.ended_at.is_(None), Person.is_active)
        .options(
            contains_eager(SuperUser.person).joinedload(Person.department),
            joinedload(SuperUser.department).joinedload(Department.site),
            joinedload(SuperUser.system),
        )
        .order_by(Person.name, SuperUser.id)
    )
    shown = statement.where(SuperUser.system_id == system.id) if system else statement
    return db.session.scalars(shown).all()


def list_departments() -> Sequence[Department]:
    """Return the departments by name, to appoint super-users of."""
    return db.session.scalars(select(Department).order_by(Department.name)).all()


def appointments_of(person: Person) -> Sequence[SuperUser]:
    """Return what a person is super-user of now."""
    statement = (
        select(SuperUser)
        .where(SuperUser.person_id == person.id, SuperUser.ended_at.is_(None))
        .options(joinedload(SuperUser.system), joinedload(SuperUser.department))
        .order_by(SuperUser.id)
    )
    return db.session.scalars(statement).all()


def _find_row(condition: ColumnElement[bool], among: ColumnElement[bool]) -> Tag | None:
    statement = select(Tag).where(condition, among).options(joinedload(Tag.synonym_of))
    return db.session.scalars(statement).one_or_none()
