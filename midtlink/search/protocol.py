"""What an engine of the search can do. It knows ids, texts, numbers and labels, never people.

One document is one thread. A label is a plain word such as "status:solved" or "tag:12": filters
and facets are made of them, and so is the right to see ("audience:all").
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

#: Who may find a thread: every member, or those who look after hidden ones.
EVERYBODY, CARETAKERS = "audience:all", "audience:caretakers"
#: The parts of a thread in which words may be looked for.
TITLE, BODY, ANSWERS = "title", "body", "answers"
PARTS = (TITLE, BODY, ANSWERS)
#: Labels that can be counted beside the hits, by what stands before their colon.
FACETS = ("status", "system", "tag", "department", "year")
#: Numbers that a filter can bound; moments are seconds since 1970.
NUMBERS = ("score", "answer_count", "created", "active", "helped")
RELEVANCE, NEWEST, HELPFUL = "relevance", "newest", "helpful"
ORDERS = (RELEVANCE, NEWEST, HELPFUL)


class IndexUnavailable(Exception):
    """The index is missing, broken, of another version or held by another writer."""


@dataclass(frozen=True)
class Document:
    """A thread as the index knows it. Texts are plain, without Markdown or HTML.

    `version` rises with every change; `body` holds the question, its tags' names and its
    comments, `answers` the answers and theirs. `numbers` has a whole number for each of NUMBERS.
    """

    id: int
    version: int
    title: str
    body: str
    answers: str
    labels: frozenset[str]
    numbers: Mapping[str, int]


@dataclass(frozen=True)
class Bounds:
    """A closed interval of whole numbers, open at a side that is None."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What is looked for. Words are as typed; the engine's analysis makes terms of them.

    A document fits if it holds any of the words or prefixes (all of them hold where none are
    given), every phrase, nothing of `without`, a label of each of `labels`, none of `no_labels`,
    and lies within `bounds`. `audience` are the labels of which it must bear one.
    """

    audience: frozenset[str]
    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    parts: tuple[str, ...] = PARTS
    labels: tuple[frozenset[str], ...] = ()
    no_labels: frozenset[str] = frozenset()
    bounds: Mapping[str, Bounds] = field(default_factory=dict)
    but_not: frozenset[int] = frozenset()
    order: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = ()
    #: Look only for what a title and a text being written have in common: faster, no correction.
    is_similar: bool = False
    #: Take the words for what they are: no correction.
    is_literal: bool = False


@dataclass(frozen=True)
class Hit:
    """A document that fits, and how well: comparable within one answer only."""

    id: int
    score: float


@dataclass(frozen=True)
class Found:
    """An engine's answer: a page of hits, how many there are in all, what goes with them.

    `facets` counts each label of a facet over all hits. `corrected` pairs a word as typed with
    the one that was looked for beside it. `terms` is what marks words in the texts
    (marking.py).
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    corrected: tuple[tuple[str, str], ...] = ()
    terms: frozenset[str] = frozenset()


class Reading(Protocol):
    """Looking things up: many at a time, in any thread."""

    def find(self, wanted: Wanted) -> Found:
        """Return what fits, best first. Raises IndexUnavailable."""

    def suggest(
        self,
        typed: str,
        *,
        audience: frozenset[str],
        but_not: frozenset[int] = frozenset(),
        limit: int = 6,
    ) -> list[str]:
        """Return words of the index that begin as the last word typed does, likeliest first.

        Only words of documents that bear a label of the audience and are not in `but_not`.
        """

    def marks(self, text: str, terms: frozenset[str]) -> list[tuple[int, int]]:
        """Return where words of a text stand that hold one of the terms that Found gave."""

    def warm(self) -> None:
        """Get ready for questions; from now on what takes long is made beside them.

        Until it is made anew a question is answered with what there is: no word is corrected.
        """

    def versions(self) -> Iterator[tuple[int, int]]:
        """Yield (id, version) of every document. Raises IndexUnavailable."""


class Writing(Protocol):
    """Changing the index: one writer at a time."""

    def put(self, documents: Iterable[Document]) -> None:
        """Add the documents, each in the place of an older one. Raises IndexUnavailable."""

    def drop(self, ids: Collection[int]) -> None:
        """Forget the documents. Raises IndexUnavailable."""

    def clear(self) -> None:
        """Start an empty index in the place of what is there, whatever its state."""


#: What a rebuild does last, given the new index and the (id, version) of what it holds.
Finish = Callable[[Writing, Iterator[tuple[int, int]]], None]


class Backend(Reading, Writing, Protocol):
    """A whole engine."""

    #: What the index depends on beside the texts: another value asks for a rebuild.
    version: str

    def needs_rebuild(self) -> bool:
        """Say whether there is no index, one of another version, or one that was found broken."""

    def rebuild(self, documents: Iterable[Document], *, finish: Finish | None = None) -> int:
        """Build a new index beside the running one, swap, and return how many it holds.

        `finish` brings the new index up to date just before the swap, while nobody else writes.
        The running index takes writes until then. Raises IndexUnavailable.
        """
