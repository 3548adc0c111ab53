"""A thread as its source says it should be, before anything of ours is known. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

#: What names a post within a source: kind and key.
Ref = tuple[str, str]
LONGEST_TAGS = 500


@dataclass(slots=True)
class WantedPost:
    """A question, an answer or a comment."""

    kind: str
    key: str
    source: str
    source_format: str
    #: None is the moment of the import.
    created_at: datetime | None
    #: The answer's question, the comment's question or answer.
    parent: Ref | None = None
    author_key: str | None = None
    author_name: str = ""
    edited_at: datetime | None = None
    editor_key: str | None = None
    licence: str = ""
    #: Votes that no rows stand for: those of comments.
    up_count: int = 0

    @property
    def ref(self) -> Ref:
        """What names the post within its source."""
        return self.kind, self.key


@dataclass(slots=True)
class WantedReaction:
    """A vote, of which nobody knows the voter."""

    post: Ref
    key: str
    kind: str
    set_at: datetime


@dataclass(slots=True)
class WantedRevision:
    """A text as it was after its writing or an edit."""

    post: Ref
    key: str
    number: int
    title: str
    source: str
    source_format: str
    tags: str
    summary: str
    by_key: str | None
    by_name: str
    made_at: datetime | None
    licence: str


@dataclass(slots=True)
class WantedThread:
    """A question with all that belongs to it. `rows` counts, by file, what it was made from."""

    question: WantedPost
    title: str
    tags: list[str]
    active_at: datetime | None = None
    view_count: int = 0
    system_slug: str = ""
    answers: list[WantedPost] = field(default_factory=list)
    comments: list[WantedPost] = field(default_factory=list)
    reactions: list[WantedReaction] = field(default_factory=list)
    revisions: list[WantedRevision] = field(default_factory=list)
    #: The key of the chosen answer, and when it was chosen.
    accepted: tuple[str, datetime] | None = None
    rows: Counter[str] = field(default_factory=Counter, repr=False)
    left_out: Counter[tuple[str, str]] = field(default_factory=Counter, repr=False)

    def posts(self) -> Iterator[WantedPost]:
        """Yield every post, each after the one that it hangs on."""
        yield self.question
        yield from self.answers
        yield from self.comments

    def digest(self) -> str:
        """Return what differs when anything of the thread does."""
        return hashlib.sha256(repr(self).encode("utf-8", "surrogatepass")).hexdigest()

    def people(self) -> set[str]:
        """Return the keys of everybody who is named."""
        keys = {each.by_key for each in self.revisions}
        for post in self.posts():
            keys |= {post.author_key, post.editor_key}
        return {key for key in keys if key}


def only_revision(post: WantedPost, *, title: str = "", tags: str = "") -> WantedRevision:
    """Return the one revision of a post that comes without a history."""
    return WantedRevision(
        post=post.ref,
        key=f"{post.kind}:{post.key}",
        number=1,
        title=title,
        source=post.source,
        source_format=post.source_format,
        tags=tags[:LONGEST_TAGS],
        summary="",
        by_key=post.author_key,
        by_name=post.author_name,
        made_at=post.created_at,
        licence=post.licence,
    )
