"""The words around what was looked for, with what was found in them marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Select, func, or_, select

from midtlink.extensions import db
from midtlink.markup import plain_text
from midtlink.people.models import Person
from midtlink.questions.models import ANSWER, Post, Question
from midtlink.questions.queries import readable
from midtlink.questions.queries.duplicates import find_originals
from midtlink.search.engine import engine
from midtlink.search.finding import Results
from midtlink.search.rules import LEAD, SNIPPET

Span = tuple[int, int]
#: A piece of text, and whether it is marked.
Piece = tuple[str, bool]
#: Posts of a thread that are looked through, and characters of each.
MOST_POSTS, MOST_CHARACTERS = 20, 4_000


@dataclass(frozen=True)
class Hit:
    """A thread that was found, as the page shows it; a missing text is an empty list."""

    question: Question
    title: Sequence[Piece]
    #: The first lines of the chosen answer.
    lead: Sequence[Piece] = ()
    #: The place in the thread that holds most of what was looked for, and its post.
    snippet: Sequence[Piece] = ()
    snippet_post_id: int | None = None
    snippet_is_answer: bool = False
    #: The question that this one is a duplicate of.
    original: Question | None = None


@dataclass(frozen=True)
class _Text:
    post_id: int
    is_answer: bool
    words: str


def hits(results: Results, *, by: Person) -> list[Hit]:
    """Return what was found with its marked words; duplicates with what they lead to."""
    texts = _texts([question.id for question in results.questions], by)
    originals = find_originals(results.questions, seen_by=by)
    return [
        replace(_hit(each, texts.get(each.id, []), results.terms), original=originals.get(each.id))
        for each in results.questions
    ]


def marked_titles(results: Results) -> list[Hit]:
    """Return what was found with marks in the titles alone."""
    return [
        Hit(each, _pieces(each.title, _marks(each.title, results.terms)))
        for each in results.questions
    ]


def _hit(question: Question, texts: Sequence[_Text], terms: frozenset[str]) -> Hit:
    chosen = next((t for t in texts if t.post_id == question.accepted_answer_id), None)
    best, spans = _best(texts, terms)
    lead = chosen.words[: LEAD + 1] if chosen else ""
    lead = _cut(lead, LEAD)
    is_in_lead = chosen is not None and best is chosen and all(end <= len(lead) for _, end in spans)
    return Hit(
        question,
        title=_pieces(question.title, _marks(question.title, terms)),
        lead=_pieces(lead, _marks(lead, terms)),
        snippet=_around(best.words, spans) if best and not is_in_lead else (),
        snippet_post_id=best.post_id if best else None,
        snippet_is_answer=bool(best and best.is_answer),
    )


def _best(texts: Sequence[_Text], terms: frozenset[str]) -> tuple[_Text | None, list[Span]]:
    """Return the text with the most different marked words in one window, and where they are."""
    found: tuple[int, _Text | None, list[Span]] = (0, None, [])
    for text in texts:
        spans = _densest(text.words, _marks(text.words, terms))
        different = len({text.words[start:end].lower() for start, end in spans})
        if different > found[0]:
            found = (different, text, spans)
    return found[1], found[2]


def _densest(words: str, spans: Sequence[Span]) -> list[Span]:
    """Return the marks of the window that holds the most different words."""
    best: list[Span] = []
    most = 0
    for at, (start, _) in enumerate(spans):
        window = [span for span in spans[at : at + 12] if span[1] <= start + SNIPPET]
        different = len({words[a:b].lower() for a, b in window})
        if different > most:
            most, best = different, window
    return best


def _around(words: str, spans: Sequence[Span]) -> list[Piece]:
    """Return the words around the marks, cut between words."""
    if not spans:
        return []
    room = max(0, SNIPPET - (spans[-1][1] - spans[0][0])) // 2
    start, end = max(0, spans[0][0] - room), min(len(words), spans[-1][1] + room)
    if start:
        start = words.find(" ", start, spans[0][0]) + 1 or start
    if end < len(words):
        end = max(words.rfind(" ", spans[-1][1], end), spans[-1][1])
    inside = [(a - start, b - start) for a, b in spans]
    pieces = _pieces(words[start:end], inside)
    before, after = "… " if start else "", " …" if end < len(words) else ""
    return [*([(before, False)] if before else []), *pieces, *([(after, False)] if after else [])]


def _pieces(words: str, spans: Iterable[Span]) -> list[Piece]:
    pieces: list[Piece] = []
    last = 0
    for start, end in spans:
        pieces += [(words[last:start], False), (words[start:end], True)]
        last = end
    pieces.append((words[last:], False))
    return [piece for piece in pieces if piece[0]]


def _cut(words: str, length: int) -> str:
    if len(words) <= length:
        return words
    return words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-") + "…"


def _marks(text: str, terms: frozenset[str]) -> list[Span]:
    return engine().marks(text, terms) if terms else []


def _texts(question_ids: Sequence[int], by: Person) -> dict[int, list[_Text]]:
    """Return the texts of the threads that the person may read, each thread's question first."""
    texts: dict[int, list[_Text]] = {}
    if not question_ids:
        return texts
    for id, thread_id, kind, html in db.session.execute(_first_posts(question_ids, by)):
        words = plain_text(html)[:MOST_CHARACTERS]
        texts.setdefault(thread_id or id, []).append(_Text(id, kind == ANSWER, words))
    return texts


def _first_posts(question_ids: Sequence[int], by: Person) -> Select[Any]:
    """Select the first posts of each thread, those with an upper hand among answers first."""
    of_thread = func.coalesce(Post.thread_id, Post.id)
    order = (Post.thread_id.is_not(None), Post.kind != ANSWER, Post.rank.desc(), Post.id)
    place = func.row_number().over(partition_by=of_thread, order_by=order).label("place")
    inside = or_(Post.id.in_(question_ids), Post.thread_id.in_(question_ids))
    columns = (Post.id, Post.thread_id, Post.kind, Post.html, place)
    posts = readable(select(*columns).where(inside), by).subquery()
    wanted = select(posts.c.id, posts.c.thread_id, posts.c.kind, posts.c.html)
    return wanted.where(posts.c.place <= MOST_POSTS).order_by(posts.c.thread_id, posts.c.place)
