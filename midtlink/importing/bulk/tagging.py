"""Tags by the names that a source gives them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select

from midtlink import clock
from midtlink.events import hold
from midtlink.extensions import db
from midtlink.importing.bulk.converging import parts
from midtlink.importing.bulk.tables import tags
from midtlink.refusals import Refused
from midtlink.topics.models import Tag
from midtlink.topics.naming import NAMES
from midtlink.topics.rules import tag_key, tag_name

Values = dict[str, Any]


def ids_of_tags(names: Iterable[str], origin: str) -> dict[str, int]:
    """Return the ids of tags by the names a source gives them; missing ones are made.

    A synonym gives the tag it stands for; a name that no tag may have is not among them.
    """
    good = {name: tag_key(proper) for name in names if (proper := proper_name(name))}
    known = _known(good.values())
    missing = {tag_key(proper): proper for name in good if (proper := proper_name(name))}
    if rows := [_new(name, origin) for key, name in missing.items() if key not in known]:
        hold(NAMES)
        known |= _known(row["key"] for row in rows)
        if rows := [row for row in rows if row["key"] not in known]:
            db.session.execute(insert(tags), rows)
            known |= _known(row["key"] for row in rows)
    return {name: known[key] for name, key in good.items()}


def proper_name(name: str) -> str:
    """Return a name as a tag may have it; "" when no tag may."""
    try:
        return tag_name(name)
    except Refused:
        return ""


def _known(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in parts(set(keys)):
        statement = select(Tag.key, Tag.id, Tag.synonym_of_id).where(Tag.key.in_(part))
        found |= {key: synonym_of or at for key, at, synonym_of in db.session.execute(statement)}
    return found


def _new(name: str, origin: str) -> Values:
    return {"name": name, "key": tag_key(name), "origin": origin, "created_at": clock.now()}
