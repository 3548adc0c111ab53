"""Words that mean the same: reading the groups that staff maintain."""

import tomllib
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.resources import resource
from midtlink.search.models import Synonyms
from midtlink.topics.rules import fold

#: Not deleted.
STANDS = Synonyms.deleted_at.is_(None)


def groups() -> list[list[str]]:
    """Return every group of words that mean the same."""
    rows = db.session.scalars(select(Synonyms.words).where(STANDS).order_by(Synonyms.id))
    return [split(words) for words in rows]


def shipped() -> list[list[str]]:
    """Return the groups that a new MidtLink starts with; a migration puts them in."""
    path = resource("migrations") / "synonyms.toml"
    groups: list[list[str]] = tomllib.loads(path.read_text(encoding="utf-8"))["groups"]
    return groups


def split(words: str) -> list[str]:
    """Return the words and phrases of a group, each once: "Kode" and "kode" are one."""
    known: dict[str, str] = {}
    for each in words.split(","):
        if part := " ".join(each.split()):
            known.setdefault(fold(part), part)
    return list(known.values())


def joined(words: Iterable[str]) -> str:
    """Return the words as a group stores and shows them."""
    return ", ".join(words)


def list_groups(find: str = "") -> Sequence[Synonyms]:
    """Return the groups by their first words, or those that hold some letters."""
    changer = joinedload(Synonyms.changed_by).joinedload(Person.department)
    rows = db.session.scalars(select(Synonyms).where(STANDS).options(changer))
    wanted = fold(find).strip()
    return sorted((row for row in rows if wanted in fold(row.words)), key=_by_words)


def get_group(group_id: int, *, is_deleted: bool = False) -> Synonyms:
    """Return a group as it stands, or one that was deleted. Raises NotFound."""
    row = db.session.get(Synonyms, group_id, populate_existing=True)
    if row is None or (row.deleted_at is not None) is not is_deleted:
        raise NotFound(group_id)
    return row


def standing() -> Sequence[Synonyms]:
    """Return every group as it stands, the oldest first."""
    return db.session.scalars(select(Synonyms).where(STANDS).order_by(Synonyms.id)).all()


def holders(words: Iterable[str], *, but_not: Synonyms | None = None) -> dict[str, Synonyms]:
    """Return which group each of the words stands in already; those in none are left out."""
    wanted = {fold(word): word for word in words}
    return {
        wanted[fold(word)]: row
        for row in standing()
        if row is not but_not
        for word in split(row.words)
        if fold(word) in wanted
    }


def _by_words(row: Synonyms) -> tuple[str, int]:
    return fold(row.words), row.id
