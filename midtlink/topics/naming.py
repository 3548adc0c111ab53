"""Writing tags: names become rows, synonyms and merged tags become what they stand for."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from midtlink import clock, guarding
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.privacy import find_cpr_numbers
from midtlink.refusals import Refused
from midtlink.topics.events import TagGuardOverruled, TagMade
from midtlink.topics.models import Tag
from midtlink.topics.policy import may_make_tags
from midtlink.topics.rules import MOST_TAGS, tag_key, tag_name

#: Who makes a tag, a synonym or a merge holds this: a name is one or the other, never both.
NAMES = "topics.tag_names"


def tags_named(
    names: Iterable[str],
    *,
    by: Person | None,
    most: int = MOST_TAGS,
    not_cpr: Iterable[str] = (),
) -> list[Tag]:
    """Return the tags with these names, each once and in order; a missing one is made.

    Synonyms and merged tags give what they stand for. The rows stay locked against merging until
    the transaction ends. Raises Refused("tags", ...) for a bad name, for too many, and for a
    missing one where the person makes none; and PatientDataFound: the guard has judged before
    what is a tag already. None as `by` is the command line.
    """
    with transaction():
        by_key = {tag_key(name): name for name in map(tag_name, names)}
        found = _find_locked(by_key)
        known = "\n\n".join(tag.name for tag in found.values())
        judged = {*not_cpr, *db.session.info.get("not_cpr", ())}
        guarding.check({"tags": " ".join(by_key.values())}, overruled=judged, known=known)
        tags = list(dict.fromkeys(_get_or_make(by_key, found, by)))
        if len(tags) > most:
            raise Refused("tags", "too_many_tags", most=most)
        return tags


def locked_tags(ids: Iterable[int]) -> list[Tag]:
    """Return the tags of the ids afresh, locked against being merged away meanwhile."""
    statement = select(Tag).where(Tag.id.in_(set(ids)))
    return list(db.session.scalars(_shared(statement)))


def standing(tag: Tag) -> Tag:
    """Return what the tag stands for: itself, or the tag that it is a synonym of; locked."""
    while tag.synonym_of_id is not None:
        (tag,) = locked_tags([tag.synonym_of_id])
    return tag


def _get_or_make(by_key: dict[str, str], found: dict[str, Tag], by: Person | None) -> list[Tag]:
    if missing := set(by_key) - set(found):
        hold(NAMES)
        found = found | _find_locked(missing)
        _refuse_new([name for key, name in by_key.items() if key not in found], by)
        found |= {key: _make(by_key[key], by) for key in by_key if key not in found}
    return [standing(found[key]) for key in by_key]


def _refuse_new(names: list[str], by: Person | None) -> None:
    if names and by is not None and not may_make_tags(by):
        raise Refused("tags", "new_tag", name=names[0])


def _find_locked(keys: Iterable[str]) -> dict[str, Tag]:
    statement = select(Tag).where(Tag.key.in_(set(keys)))
    return {tag.key: tag for tag in db.session.scalars(_shared(statement))}


def _shared(statement: Select[Tag]) -> Select[Tag]:
    return (
        statement.order_by(Tag.id)
        .with_for_update(read=True, key_share=True, of=Tag)
        .execution_options(populate_existing=True)
    )


def _make(name: str, by: Person | None) -> Tag:
    tag = Tag(name=name, created_at=clock.now())
    db.session.add(tag)
    db.session.flush()
    by_id = by.id if by else None
    publish(TagMade(tag_id=tag.id, by_id=by_id))
    if overruled := len(find_cpr_numbers(name)):
        publish(TagGuardOverruled(tag_id=tag.id, count=overruled, by_id=by_id))
    return tag
