"""Find what is stored of a source, by the ids that it gave."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink.extensions import db
from midtlink.importing.bulk.converging import parts
from midtlink.importing.bulk.tables import people, posts, questions
from midtlink.importing.bulk.wanted import Ref
from midtlink.questions.records import Redaction, Revision


def post_ids(origin: str, refs: Iterable[Ref]) -> dict[Ref, int]:
    """Return the ids of the posts that are stored already."""
    by_kind: dict[str, list[str]] = {}
    for kind, key in refs:
        by_kind.setdefault(kind, []).append(key)
    found: dict[Ref, int] = {}
    for kind, keys in by_kind.items():
        for part in parts(keys):
            statement = select(posts.c.origin_key, posts.c.id).where(
                posts.c.origin == origin, posts.c.kind == kind, posts.c.origin_key.in_(part)
            )
            found |= {(kind, key): at for key, at in db.session.execute(statement) if key}
    return found


def people_ids(origin: str, keys: Iterable[str]) -> dict[str, int]:
    """Return the ids of the people that are stored already."""
    found: dict[str, int] = {}
    for part in parts(keys):
        statement = select(people.c.origin_key, people.c.id).where(
            people.c.origin == origin, people.c.origin_key.in_(part)
        )
        found |= {key: at for key, at in db.session.execute(statement) if key}
    return found


def lock_threads(ids: Iterable[int]) -> None:
    """Let whoever writes in one of the threads finish first, and the next one wait."""
    for part in parts(sorted(ids)):
        at = questions.c.id
        statement = select(at).where(at.in_(part)).order_by(at)
        db.session.execute(statement.with_for_update())


def edited_here(ids: Iterable[int]) -> set[int]:
    """Return those of the posts whose text a colleague has changed, or removed for ever."""
    found: set[int] = set()
    for part in parts(ids):
        edited = select(Revision.post_id).where(
            Revision.post_id.in_(part), Revision.origin.is_(None)
        )
        redacted = select(Redaction.post_id).where(Redaction.post_id.in_(part))
        found |= set(db.session.scalars(edited.union(redacted)))
    return found
