"""Saying what a tag means, and which words mean the same."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import delete, select, update

from midtlink import clock, guarding, markup
from midtlink.access import NotAllowed, NotFound
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Conflict, Refused
from midtlink.texts import clean_body, clean_line
from midtlink.topics.events import (
    SynonymAdded,
    SynonymRemoved,
    TagDescribed,
    TagGuardOverruled,
    TagsMerged,
)
from midtlink.topics.models import Tag, TagFollow
from midtlink.topics.naming import NAMES, standing
from midtlink.topics.policy import may_describe, may_join_tags
from midtlink.topics.rules import LONGEST_EXCERPT, plain_tag, tag_key, tag_name


def describe_tag(
    tag: Tag,
    *,
    excerpt: str,
    description: str,
    by: Person | None,
    version: str | None = None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Say what a tag means: in a line, and at length. The same words again change nothing.

    `version` is what description_version() gave when the writer began; Conflict when somebody
    else has written since. Raises Refused and PatientDataFound.
    """
    with transaction():
        _lock([tag.id])
        if by is None or not may_describe(by, tag):
            raise NotAllowed(by, "describe", tag)
        texts = _clean(excerpt, description)
        known = f"{tag.excerpt}\n{tag.description}"
        overruled = guarding.check(texts, overruled=not_cpr, known=known)
        if (tag.excerpt, tag.description) == (texts["excerpt"], texts["description"]):
            return
        html = _render(texts["description"], tag.description_format)
        if version is not None and version != description_version(tag):
            raise Conflict("description")
        tag.excerpt, tag.description = texts["excerpt"], texts["description"]
        tag.description_html = html
        publish(TagDescribed(tag_id=tag.id, by_id=by.id))
        if overruled:
            publish(TagGuardOverruled(tag_id=tag.id, count=overruled, by_id=by.id))


def description_version(tag: Tag) -> str:
    """Return what tells this description from any other one."""
    both = f"{tag.excerpt}\0{tag.description}"
    return hashlib.sha256(both.encode()).hexdigest()[:16]


def add_synonym(tag: Tag, name: str, *, by: Person | None, not_cpr: Iterable[str] = ()) -> Tag:
    """Let another word give the tag. Raises Refused("synonym", ...) when it means something.

    Raises PatientDataFound for a word that is no tag yet.
    """
    with transaction():
        hold(NAMES)
        if by is None or not may_join_tags(by):
            raise NotAllowed(by, "add a synonym to", tag)
        (tag,) = _lock([tag.id])
        tag, word = standing(tag), tag_name(name, "synonym")
        known = db.session.scalars(select(Tag).where(Tag.key == tag_key(word))).one_or_none()
        if known is not None and known.synonym_of_id == tag.id:
            return known
        if known is not None:
            raise Refused("synonym", "taken", name=known.name)
        overruled = guarding.check({"synonym": word}, overruled=not_cpr)
        synonym = Tag(name=word, synonym_of_id=tag.id, created_at=clock.now())
        db.session.add(synonym)
        db.session.flush()
        publish(SynonymAdded(tag_id=tag.id, synonym_id=synonym.id, by_id=by.id))
        if overruled:
            publish(TagGuardOverruled(tag_id=synonym.id, count=overruled, by_id=by.id))
        return synonym


def remove_synonym(tag: Tag, name: str, *, by: Person | None) -> None:
    """Let a word be a tag of its own again. One that gives another tag or none stays as it is."""
    with transaction():
        hold(NAMES)
        if by is None or not may_join_tags(by):
            raise NotAllowed(by, "remove a synonym from", tag)
        key = tag_key(plain_tag(name))
        statement = select(Tag).where(Tag.key == key, Tag.synonym_of_id == tag.id)
        if synonym := db.session.scalars(statement).one_or_none():
            synonym.synonym_of_id = None
            publish(SynonymRemoved(tag_id=tag.id, synonym_id=synonym.id, by_id=by.id))


def merge_tags(tag: Tag, *, into: Tag, by: Person | None) -> Tag:
    """Make a tag another word for `into`; its questions, followers and synonyms follow.

    A tag that was merged already stays where it is. Returns the tag it stands for. Raises
    Refused("into", "itself").
    """
    with transaction():
        hold(NAMES)
        if by is None or not may_join_tags(by):
            raise NotAllowed(by, "merge", tag)
        _lock([tag.id, into.id])
        into = standing(into)
        if tag.synonym_of_id is not None:
            return standing(tag)
        if tag.id == into.id:
            raise Refused("into", "itself")
        _move_names(tag, into)
        _move_followers(tag, into)
        publish(TagsMerged(tag_id=into.id, merged_id=tag.id, by_id=by.id))
        return into


def _lock(ids: Iterable[int]) -> list[Tag]:
    """Lock the tags until the transaction ends. NotFound for one that was removed meanwhile."""
    wanted = set(ids)
    statement = select(Tag).where(Tag.id.in_(wanted)).order_by(Tag.id).with_for_update(of=Tag)
    found = list(db.session.scalars(statement.execution_options(populate_existing=True)))
    if len(found) < len(wanted):
        raise NotFound(wanted)
    return found


def _clean(excerpt: str, description: str) -> dict[str, str]:
    return {
        "excerpt": clean_line(excerpt, "excerpt", most=LONGEST_EXCERPT),
        "description": clean_body(description, "description", most=markup.BODY_LIMIT),
    }


def _render(description: str, source_format: str) -> str:
    try:
        return markup.render(description, source_format=source_format)
    except markup.TextTooLarge as error:
        raise Refused("description", "too_complicated") from error


def _move_names(tag: Tag, into: Tag) -> None:
    tag.synonym_of_id = into.id
    statement = update(Tag).where(Tag.synonym_of_id == tag.id).values(synonym_of_id=into.id)
    db.session.execute(statement)


def _move_followers(tag: Tag, into: Tag) -> None:
    already = select(TagFollow.person_id).where(TagFollow.tag_id == into.id)
    of_tag = TagFollow.tag_id == tag.id
    moved = update(TagFollow).where(of_tag, TagFollow.person_id.not_in(already))
    db.session.execute(moved.values(tag_id=into.id))
    db.session.execute(delete(TagFollow).where(of_tag))
