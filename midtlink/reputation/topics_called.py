"""The systems and tags that words may mean, typed by somebody who looks for one who knows."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, literal, or_, select

from midtlink.topics.models import System, Tag
from midtlink.topics.rules import SHORTEST_BEGINNING, fold

MOST_WORDS = 6
#: A shorter word must be a whole name: "it" stands in "kvalitet".
SHORTEST_PART = 3


@dataclass(frozen=True)
class Topics:
    """What somebody should know: any of the systems or of the tags."""

    system_ids: Collection[int]
    tag_ids: Select[Any]


def topics_called(
    words: str, among: Collection[System], *, system: System | None = None, tag: Tag | None = None
) -> Topics:
    """Return a system, a tag, and those whose name a word holds or begins with: any of them."""
    said = re.findall(r"[^\W_]+", fold(words))[:MOST_WORDS]
    meant = {each.id for each in among if _is_meant(each, said)} | (
        {system.id} if system else set()
    )
    conditions = [_names(word) for word in said] + ([Tag.id == tag.id] if tag else [])
    named = select(func.coalesce(Tag.synonym_of_id, Tag.id)).where(or_(false(), *conditions))
    return Topics(meant, named)


def _is_meant(system: System, said: Collection[str]) -> bool:
    known = re.findall(r"[^\W_]+", fold(f"{system.name} {system.words}"))
    return any(_fits(word, name) for word in said for name in known)


def _fits(word: str, name: str) -> bool:
    begins = len(name) >= SHORTEST_BEGINNING and word.startswith(name)
    return word == name or begins or (len(word) >= SHORTEST_PART and word in name)


def _names(word: str) -> ColumnElement[bool]:
    """Say of a tag what _fits says of a system."""
    length = func.length(Tag.key)
    begins = and_(length >= SHORTEST_BEGINNING, func.substr(literal(word), 1, length) == Tag.key)
    holds = Tag.key.contains(word, autoescape=True) if len(word) >= SHORTEST_PART else false()
    return or_(Tag.key == word, begins, holds)
