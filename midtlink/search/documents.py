"""What the index is told of threads: their texts, numbers and labels, read in few statements."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from midtlink.extensions import db
from midtlink.markup import plain_text
from midtlink.people.models import Department
from midtlink.questions.models import ANSWER, Post, Question
from midtlink.questions.records import PATIENT_DATA
from midtlink.search.models import SearchEntry
from midtlink.search.protocol import CARETAKERS, EVERYBODY, Document
from midtlink.topics.models import Tag

#: What of an answer or a comment the index needs, and no more.
PARTS = (
    Post.id,
    Post.thread_id,
    Post.kind,
    Post.parent_id,
    Post.author_id,
    Post.html,
    Post.up_count,
    Post.confirmed_at,
)


def documents(question_ids: Sequence[int]) -> list[Document]:
    """Return the documents of the threads that may be found; the others give none."""
    if not question_ids:
        return []
    versions = _versions(question_ids)
    parts = _parts(question_ids)
    return [
        _document(question, versions.get(question.id, 1), parts[question.id])
        for question in _questions(question_ids)
    ]


def all_documents(size: int) -> Iterator[list[Document]]:
    """Yield the documents of every thread, some at a time, in the order of their ids."""
    last = 0
    while True:
        statement = select(SearchEntry.question_id).where(SearchEntry.question_id > last)
        ids = db.session.scalars(statement.order_by(SearchEntry.question_id).limit(size)).all()
        if not ids:
            return
        made = documents(ids)
        db.session.rollback()  # A rebuild takes minutes: hold no snapshot, and no rows.
        yield made
        last = ids[-1]


def _versions(ids: Iterable[int]) -> dict[int, int]:
    statement = select(SearchEntry.question_id, SearchEntry.version)
    rows = db.session.execute(statement.where(SearchEntry.question_id.in_(ids)))
    return dict(rows.all())


def _questions(ids: Iterable[int]) -> Sequence[Question]:
    """Return the questions that somebody beside their authors may read, patient data left out."""
    is_bearable = or_(Post.hidden_at.is_(None), Post.hidden_because != PATIENT_DATA)
    statement = (
        select(Question)
        .where(Question.id.in_(ids), Post.deleted_at.is_(None), Post.redacted_at.is_(None))
        .where(is_bearable)
        .options(
            joinedload(Question.system),
            joinedload(Question.department).load_only(Department.site_id),
            selectinload(Question.tags).selectinload(Tag.synonyms),
        )
        .order_by(Question.id)
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(statement).all()


def _parts(ids: Iterable[int]) -> dict[int, list[Any]]:
    """Return the answers and comments that everyone may read, by their question."""
    above = Post.__table__.alias()
    hangs_on_visible = or_(
        Post.parent_id.is_(None),
        select(above.c.id)
        .where(
            above.c.id == Post.parent_id,
            above.c.deleted_at.is_(None),
            above.c.redacted_at.is_(None),
            or_(above.c.hidden_at.is_(None), above.c.thread_id.is_(None)),
        )
        .exists(),
    )
    is_visible = and_(
        Post.hidden_at.is_(None), Post.deleted_at.is_(None), Post.redacted_at.is_(None)
    )
    statement = select(*PARTS).where(Post.thread_id.in_(ids), is_visible, hangs_on_visible)
    parts: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(statement.order_by(Post.id)):
        parts[row.thread_id].append(row)
    return parts


def _document(question: Question, version: int, parts: list[Any]) -> Document:
    under_answers = [part for part in parts if part.parent_id != question.id]
    remarks = [part for part in parts if part.parent_id == question.id]
    answers = [part for part in parts if part.kind == ANSWER]
    asked = [plain_text(question.html), *_names(question), *(plain_text(p.html) for p in remarks)]
    return Document(
        id=question.id,
        version=version,
        title=question.title,
        body="\n".join(asked),
        answers="\n".join(plain_text(part.html) for part in under_answers),
        labels=frozenset(_labels(question, parts, answers)),
        numbers=_numbers(question, answers),
    )


def _names(question: Question) -> Iterator[str]:
    """Yield the words that a thread is found by though nobody wrote them in it."""
    if question.system:
        yield question.system.name
    for tag in question.tags:
        yield " ".join([tag.name, *(synonym.name for synonym in tag.synonyms)]).replace("-", " ")


def _labels(question: Question, parts: list[Any], answers: list[Any]) -> Iterator[str]:
    yield EVERYBODY if question.hidden_at is None else CARETAKERS
    yield f"status:{question.status}"
    yield f"year:{question.created_at.year}"
    if question.system_id:
        yield f"system:{question.system_id}"
    if question.department:
        yield f"department:{question.department_id}"
        yield f"site:{question.department.site_id}"
    yield from (f"tag:{tag.id}" for tag in question.tags)
    yield from (f"has:{name}" for name in _having(question, answers))
    yield f"asker:{question.author_id}"
    yield from {f"answerer:{part.author_id}" for part in answers}
    yield from {f"person:{each}" for each in (question.author_id, *(p.author_id for p in parts))}


def _having(question: Question, answers: list[Any]) -> Iterator[str]:
    if answers:
        yield "answer"
    if question.accepted_answer_id:
        yield "solution"
    if any(part.confirmed_at for part in answers):
        yield "confirmed"


def _numbers(question: Question, answers: list[Any]) -> dict[str, int]:
    return {
        "score": question.score,
        "answer_count": len(answers),
        "created": int(question.created_at.timestamp()),
        "active": int(question.active_at.timestamp()),
        "helped": sum(part.up_count for part in answers),
    }
