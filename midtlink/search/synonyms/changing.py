"""Saying which words mean the same. The search knows it within seconds, nothing is indexed anew."""

from collections.abc import Iterable

from sqlalchemy import func, select

from midtlink import clock, guarding
from midtlink.access import NotAllowed
from midtlink.events import Event, hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.refusals import Conflict, Refused
from midtlink.search import events as facts
from midtlink.search.models import Synonyms
from midtlink.search.policy import may_change_synonyms
from midtlink.search.rules import LONGEST_GROUP, MOST_GROUPS, MOST_IN_GROUP
from midtlink.search.synonyms import get_group, holders, joined, split
from midtlink.texts import clean_body

#: Who changes a group holds this: a word is in two groups only when somebody wants it so.
GROUPS = "search.synonyms"
#: What to do with a word that another group has: ask first, make one group of them, or leave it.
ASK, JOIN, BOTH = "ask", "join", "both"
WHEN_HELD = (ASK, JOIN, BOTH)


def save_group(
    group: Synonyms | None,
    words: str,
    *,
    by: Person | None,
    when_held: str = ASK,
    version: str | None = None,
    not_cpr: Iterable[str] = (),
) -> Synonyms:
    """Add a group (None), or change one. The same words again change nothing.

    Words are parted by commas or lines. `version` is what version_of() gave when the writer
    began; Conflict when somebody else has written since. Raises Refused("words", "held",
    word=..., words=...) for a word of another group unless `when_held` decides, Refused for fewer
    than two words or too many, and PatientDataFound.
    """
    with transaction():
        _enter(by, "save")
        group = group and get_group(group.id)
        before, parts = group.words if group else "", read_group(words)
        held = holders(parts, but_not=group) if when_held != BOTH else {}
        known = "\n\n".join([before, *(other.words for other in held.values())])
        overruled = guarding.check({"words": joined(parts)}, overruled=not_cpr, known=known)
        if group and version is not None and version != version_of(group):
            raise Conflict("words")
        if held:
            parts = _take_in(held, parts, when_held, by)
        if group is None:
            _refuse_too_many_groups()
            return _write(Synonyms(), parts, by, facts.SearchSynonymsAdded, overruled)
        if joined(parts) != before:
            _write(group, parts, by, facts.SearchSynonymsChanged, overruled)
        return group


def delete_group(group: Synonyms, *, by: Person | None) -> None:
    """Let the words of a group mean nothing to each other. It can be taken back for a while."""
    with transaction():
        _enter(by, "delete")
        _drop(get_group(group.id), by)


def restore_group(group: Synonyms, *, by: Person | None) -> None:
    """Take the deletion of a group back."""
    with transaction():
        _enter(by, "restore")
        group.deleted_at = None
        publish(facts.SearchSynonymsRestored(synonyms_id=group.id, by_id=by.id if by else None))


def version_of(group: Synonyms) -> str:
    """Return what tells this state of a group from any other one."""
    return group.changed_at.isoformat()


def _enter(by: Person | None, action: str) -> None:
    hold(GROUPS)
    if by is None or not may_change_synonyms(by):
        raise NotAllowed(by, action, "synonyms")


def read_group(typed: str) -> list[str]:
    """Return the words of a group, fit to store. Raises Refused."""
    lines = clean_body(typed, "words", most=LONGEST_GROUP, least=1)
    parts = split(lines.replace("\n", ","))
    if len(parts) < 2:
        raise Refused("words", "too_few")
    if not all(any(map(str.isalnum, part)) for part in parts):
        raise Refused("words", "no_letters")
    if len(parts) > MOST_IN_GROUP:
        raise Refused("words", "too_many", most=MOST_IN_GROUP)
    if len(text := joined(parts)) > LONGEST_GROUP:
        raise Refused("words", "too_long", most=LONGEST_GROUP, length=len(text))
    return parts


def _refuse_too_many_groups() -> None:
    standing = select(func.count(Synonyms.id)).where(Synonyms.deleted_at.is_(None))
    if (db.session.scalar(standing) or 0) >= MOST_GROUPS:
        raise Refused("words", "too_many_groups", most=MOST_GROUPS)


def _take_in(
    held: dict[str, Synonyms], parts: list[str], when_held: str, by: Person | None
) -> list[str]:
    """Return the words with those of the groups that have some of them, which end with that."""
    if when_held != JOIN:
        word, other = next(iter(held.items()))
        raise Refused("words", "held", word=word, words=other.words)
    others = dict.fromkeys(held.values())
    whole = read_group(joined([*parts, *(word for other in others for word in split(other.words))]))
    for other in others:
        _drop(other, by)
    return whole


def _write(
    group: Synonyms, parts: list[str], by: Person | None, kind: type[Event], overruled: int
) -> Synonyms:
    group.words, group.changed_at, group.changed_by = joined(parts), clock.now(), by
    db.session.add(group)
    db.session.flush()
    by_id = by.id if by else None
    publish(kind(synonyms_id=group.id, by_id=by_id))  # type: ignore[call-arg]
    if overruled:
        fact = facts.SearchSynonymsGuardOverruled
        publish(fact(synonyms_id=group.id, count=overruled, by_id=by_id))
    return group


def _drop(group: Synonyms, by: Person | None) -> None:
    group.deleted_at = clock.now()
    publish(facts.SearchSynonymsDeleted(synonyms_id=group.id, by_id=by.id if by else None))
