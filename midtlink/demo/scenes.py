"""A thread of the demo with its people and moments, before it becomes rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Table

from midtlink import guarding
from midtlink.demo.casting import Colleague
from midtlink.markup import CLEANER_VERSION, render
from midtlink.questions.models import ANSWER, COMMENT, QUESTION
from midtlink.questions.records import FAILED, GOOD, HELPED
from midtlink.questions.rules import wilson_lower_bound


@dataclass(slots=True)
class Vote:
    """A standing reaction."""

    kind: str
    person_id: int
    at: datetime


@dataclass(slots=True)
class PostScene:
    """A post: its text, its author, and what happened to it."""

    kind: str
    source: str
    html: str
    author: Colleague
    at: datetime
    votes: list[Vote] = field(default_factory=list)
    comments: list["PostScene"] = field(default_factory=list)
    #: Columns of the post beyond the usual ones, such as hidden_at.
    columns: dict[str, Any] = field(default_factory=dict)
    #: Rows about the post that its id is filled into, by the name of that column.
    records: list[tuple[Table, str, dict[str, Any]]] = field(default_factory=list)
    #: The texts before the present one: columns of revisions, oldest first.
    earlier: list[dict[str, Any]] = field(default_factory=list)
    #: The summary, author and moment of the newest revision, if it was edited.
    edit: dict[str, Any] = field(default_factory=dict)
    accepted_at: datetime | None = None
    confirmed: tuple[Colleague, datetime] | None = None
    id: int = 0

    @property
    def is_visible(self) -> bool:
        """Say whether members see it."""
        return not {"hidden_at", "deleted_at"} & self.columns.keys()

    def row(self) -> dict[str, Any]:
        """Return the post's columns but its place in the thread, its counters as its votes say."""
        up = sum(vote.kind in (GOOD, HELPED) for vote in self.votes)
        down = sum(vote.kind == FAILED for vote in self.votes)
        columns = {
            "id": self.id,
            "kind": self.kind,
            "author_id": self.author.id,
            "source": self.source,
            "html": self.html,
            "cleaner_version": CLEANER_VERSION,
            "created_at": self.at,
            "edited_at": self.edit.get("made_at"),
            "edited_by_id": self.edit.get("by_id"),
            "revision_number": 1 + len(self.earlier),
            "up_count": up,
            "down_count": down,
            "rank": 0.0 if self.kind == QUESTION else wilson_lower_bound(up, down),
            "hidden_at": None,
            "hidden_because": None,
            "deleted_at": None,
            "confirmed_at": self.confirmed[1] if self.confirmed else None,
        }
        return columns | self.columns

    def revisions(self, words: dict[str, str]) -> Iterator[dict[str, Any]]:
        """Yield the revisions; `words` are a question's title and tags now."""
        latest: dict[str, Any] = {
            "post_id": self.id,
            "number": 1 + len(self.earlier),
            "title": "",
            "source": self.source,
            "tags": "",
            "summary": "",
            "by_id": self.author.id,
            "made_at": self.at,
        } | words
        for number, changes in enumerate(self.earlier, start=1):
            yield latest | {"number": number} | changes
        yield latest | self.edit


@dataclass(slots=True)
class ClosureScene:
    """A question was closed."""

    by: Colleague
    at: datetime
    reason: str
    original: str = ""


@dataclass(slots=True)
class ThreadScene:
    """A question with everything that belongs to it."""

    key: str
    title: str
    system: str
    tags: list[str]
    question: PostScene
    answers: list[PostScene] = field(default_factory=list)
    closure: ClosureScene | None = None
    follows: dict[int, datetime] = field(default_factory=dict)
    views: int = 0

    def posts(self) -> Iterator[tuple[PostScene, PostScene | None]]:
        """Yield every post with the post that it comments on, if it does."""
        yield self.question, None
        for parent in (self.question, *self.answers):
            if parent.kind == ANSWER:
                yield parent, None
            for comment in parent.comments:
                yield comment, parent

    def post(self, place: str) -> PostScene:
        """Return the question, or the answer with the number that stands after "#"."""
        number = place.partition("#")[2]
        return self.answers[int(number) - 1] if number else self.question


def question(source: str, author: Colleague, at: datetime) -> PostScene:
    """Return a question's post."""
    return PostScene(QUESTION, source, to_html(source), author, at)


def answer(source: str, author: Colleague, at: datetime) -> PostScene:
    """Return an answer."""
    return PostScene(ANSWER, source, to_html(source), author, at)


def comment(source: str, author: Colleague, at: datetime) -> PostScene:
    """Return a comment."""
    return PostScene(COMMENT, source, to_html(source), author, at)


@lru_cache(maxsize=5_000)
def to_html(source: str) -> str:
    """Return the clean HTML of a text that the patient-data guard lets pass."""
    guarding.check({"source": source})
    return render(source)
