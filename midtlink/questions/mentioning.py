"""Naming colleagues in a text: "@jonas", the super-users of a system, "@afd.akutafdelingen"."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import delete, insert, select

from midtlink import clock, markup
from midtlink.events import publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import render
from midtlink.questions.events import PeopleMentioned
from midtlink.questions.models import Post
from midtlink.questions.queries.mentioned import PERSON, Known, Named, find_named, named_by
from midtlink.questions.records import Mention
from midtlink.questions.rules import MOST_LOOKED_UP, MOST_MENTIONS, MOST_OF_KIND

MARKDOWN = "markdown"
#: A word of a text as it can be read, longest first.
Readings = tuple[str, ...]


@dataclass(frozen=True)
class Mentions:
    """Whom a text names, and what its words link to."""

    named: Sequence[Named] = ()
    #: The addresses of their pages, by the words as typed.
    links: Mapping[str, str] = field(default_factory=dict)
    #: Words that name somebody beyond what one post may.
    beyond: Sequence[str] = ()


def read_mentions(source: str, *, author_id: int | None) -> Mentions:
    """Return whom a text in Markdown names; its author never. Raises markup.TextTooLarge."""
    words = markup.mentioned(source)[:MOST_LOOKED_UP]
    if not words:
        return Mentions()
    known = find_named({reading for readings in words for reading in readings})
    return _within_limits(_meant(words, known, author_id))


def mention_people(post: Post, *, by: Person, before: str = "") -> None:
    """Link and keep whom a new text of a post names, and tell of those whom it did not name.

    `before` is the text that it replaces. Call it last, with the post's thread locked.
    """
    mentions = _mentions_of(post)
    if mentions.links:
        render(post, post.source, mentions=mentions.links)
    if not mentions.named and not _may_name(before):
        return
    if added := _keep(post, mentions.named, by):
        fact = PeopleMentioned(
            by_id=by.id, question_id=post.question_id, post_id=post.id, mention_ids=tuple(added)
        )
        publish(fact)


def left_out(post: Post) -> Sequence[str]:
    """Return the words of a post that name more than it may: they stay text."""
    return _mentions_of(post).beyond


def links_kept(posts: Iterable[Post]) -> dict[int, Mapping[str, str]]:
    """Return what the words of posts link to, by post, for rendering them as they were written."""
    those = {post.id: post for post in posts if "@" in post.source}
    known = named_by(those.keys()) if those else {}
    return {id: _links(_words(those[id].source), everybody) for id, everybody in known.items()}


def _mentions_of(post: Post) -> Mentions:
    if post.source_format != MARKDOWN:
        return Mentions()
    return read_mentions(post.source, author_id=post.author_id)


def _meant(
    words: Iterable[Readings], known: Known, author_id: int | None
) -> list[tuple[str, Named]]:
    """Return each word with whom it names."""
    found = [_first(readings, known) for readings in words]
    return [each for each in found if each and not _is_author(each[1], author_id)]


def _first(readings: Readings, known: Known) -> tuple[str, Named] | None:
    """Return the longest reading of a word that names somebody."""
    named = ((reading, known.find(reading)) for reading in readings)
    return next(((reading, each) for reading, each in named if each), None)


def _is_author(each: Named, author_id: int | None) -> bool:
    return each.kind == PERSON and each.target_id == author_id


def _within_limits(meant: Iterable[tuple[str, Named]]) -> Mentions:
    named: dict[Named, None] = {}
    kinds: Counter[str] = Counter()
    links, beyond = {}, []
    for word, each in meant:
        most = MOST_OF_KIND.get(each.kind, MOST_MENTIONS)
        if each not in named and (len(named) >= MOST_MENTIONS or kinds[each.kind] >= most):
            beyond.append(word)
            continue
        kinds[each.kind] += each not in named
        named[each] = None
        links[word] = each.address
    return Mentions(tuple(named), links, tuple(beyond))


def _keep(post: Post, named: Collection[Named], by: Person) -> list[int]:
    """Let a post's rows say whom it names, and return the ids of the new ones."""
    wanted = {(each.kind, each.target_id) for each in named}
    standing = {} if post.revision_number == 1 else _standing(post)
    gone = [id for key, id in standing.items() if key not in wanted]
    if gone:
        db.session.execute(delete(Mention).where(Mention.id.in_(gone)))
    rows = [
        {"post_id": post.id, "kind": kind, "target_id": target_id}
        | {"by_id": by.id, "made_at": clock.now()}
        for kind, target_id in sorted(wanted - standing.keys())
    ]
    if not rows:
        return []
    return sorted(db.session.scalars(insert(Mention).returning(Mention.id), rows))


def _standing(post: Post) -> dict[tuple[str, int], int]:
    statement = select(Mention).where(Mention.post_id == post.id)
    return {(row.kind, row.target_id): row.id for row in db.session.scalars(statement)}


def _may_name(source: str) -> bool:
    return bool(_words(source))


def _words(source: str) -> list[Readings]:
    try:
        return markup.mentioned(source)
    except markup.TextTooLarge:
        return []


def _links(words: Iterable[Readings], known: Known) -> Mapping[str, str]:
    return {word: each.address for word, each in _meant(words, known, None)}
