"""Finding single posts and what hangs on them, for the person who will see them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from midtlink.access import NotFound
from midtlink.extensions import db
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Post, Question
from midtlink.questions.policy import may_read
from midtlink.questions.queries.visibility import decided_by, readable, visible
from midtlink.questions.queries.visits import with_news_of_visit
from midtlink.questions.records import Acceptance, Closure, Draft, Revision, SuggestedEdit

EDIT, SPARED = "edit", "spared"
#: The largest id that both databases take.
LARGEST_ID = 2**31 - 1


def get_post(post_id: int, *, seen_by: Person | None) -> Post:
    """Return a post with its author and what it hangs under. Raises NotFound."""
    statement = select(Post).options(
        joinedload(Post.author).joinedload(Person.department),
        joinedload(Post.thread),
        joinedload(Post.parent),
    )
    return _one(statement, Post, post_id, seen_by)


def get_question(question_id: int, *, seen_by: Person | None) -> Question:
    """Return a question with author, system, closure and acceptance. Raises NotFound."""
    statement = select(Question).options(
        joinedload(Question.author).joinedload(Person.department),
        joinedload(Question.edited_by),
        joinedload(Question.system),
        joinedload(Question.department),
        joinedload(Question.closure).options(
            joinedload(Closure.by).joinedload(Person.department),
        ),
        joinedload(Question.acceptance).joinedload(Acceptance.by),
    )
    if seen_by is not None:
        statement = with_news_of_visit(statement, seen_by)
    return _one(statement, Question, question_id, seen_by)


def get_answer(answer_id: int, *, seen_by: Person | None) -> Answer:
    """Return an answer with its question. Raises NotFound."""
    post = get_post(answer_id, seen_by=seen_by)
    if not isinstance(post, Answer):
        raise NotFound(answer_id)
    return post


def get_revisions(post: Post, *, seen_by: Person | None) -> Sequence[Revision]:
    """Return what a post has said, newest first. Raises NotFound where its text is withheld."""
    if not may_read(seen_by, post):
        raise NotFound(post.id)
    statement = (
        select(Revision)
        .where(Revision.post_id == post.id)
        .options(joinedload(Revision.by).joinedload(Person.department))
        .order_by(Revision.number.desc())
    )
    return db.session.scalars(statement).all()


def get_revision(post_id: int, number: int) -> Revision:
    """Return one revision of a post that was loaded for somebody. Raises NotFound."""
    statement = select(Revision).where(Revision.post_id == post_id, Revision.number == number)
    revision = db.session.scalars(statement).one_or_none()
    if revision is None:
        raise NotFound(number)
    return revision


def get_suggestion(suggestion_id: int, *, seen_by: Person | None) -> SuggestedEdit:
    """Return a suggested edit for its writer and those who may decide it. Raises NotFound."""
    if seen_by is None or not 0 < suggestion_id <= LARGEST_ID:
        raise NotFound(suggestion_id)
    statement = _suggestions(seen_by).where(SuggestedEdit.id == suggestion_id)
    suggestion = db.session.scalars(statement).one_or_none()
    if suggestion is None or not may_read(seen_by, suggestion.post):
        raise NotFound(suggestion_id)
    return suggestion


def list_suggestions(
    *,
    seen_by: Person,
    is_decided: bool = False,
    question_id: int | None = None,
    cursor: str | None = None,
) -> Slice[SuggestedEdit]:
    """Return the suggested edits that a person decides or wrote, newest first."""
    state = (
        SuggestedEdit.decided_at.is_not(None) if is_decided else SuggestedEdit.decided_at.is_(None)
    )
    is_there = Post.hidden_at.is_(None), Post.deleted_at.is_(None)
    statement = _suggestions(seen_by).where(state, *is_there)
    if question_id is not None:
        statement = statement.where(or_(Post.id == question_id, Post.thread_id == question_id))
    if after := read_cursor(cursor):
        statement = statement.where(SuggestedEdit.id < after[0])
    rows = db.session.scalars(statement.order_by(SuggestedEdit.id.desc()).limit(PAGE_SIZE + 1))
    return cut(rows.all(), key=lambda each: each.id)


def find_draft(kind: str, about_id: int = 0, *, by: Person) -> Draft | None:
    """Return what a person has typed and not yet sent about a post (0: a new question)."""
    statement = select(Draft).filter_by(person_id=by.id, kind=kind, about_id=about_id)
    return db.session.scalars(statement).one_or_none()


def get_draft(draft_id: int, *, seen_by: Person | None) -> Draft:
    """Return a person's own draft. Raises NotFound."""
    owner_id = seen_by.id if seen_by else None
    statement = select(Draft).where(Draft.id == draft_id, Draft.person_id == owner_id)
    draft = db.session.scalars(statement).one_or_none() if draft_id <= LARGEST_ID else None
    if draft is None:
        raise NotFound(draft_id)
    return draft


def list_drafts(*, by: Person) -> Sequence[Draft]:
    """Return a person's drafts, the last touched first, without those that are set aside.

    An edit begins with the post's own words: while these are withheld, so is its draft.
    """
    is_shown = or_(Draft.kind != EDIT, Draft.about_id.in_(readable(select(Post.id), by)))
    statement = select(Draft).where(Draft.person_id == by.id, Draft.kind != SPARED, is_shown)
    return db.session.scalars(statement.order_by(Draft.saved_at.desc(), Draft.id.desc())).all()


def _suggestions(person: Person) -> Select[Any]:
    statement = select(SuggestedEdit).join(SuggestedEdit.post)
    statement = statement.where(or_(SuggestedEdit.by_id == person.id, decided_by(person)))
    return visible(statement, person).options(
        contains_eager(SuggestedEdit.post).joinedload(Post.thread),
        contains_eager(SuggestedEdit.post).joinedload(Post.author),
        joinedload(SuggestedEdit.by).joinedload(Person.department),
    )


def _one(statement: Select[Any], kind: type[Post], post_id: int, person: Person | None) -> Any:
    if person is None or not person.is_active or not 0 < post_id <= LARGEST_ID:
        raise NotFound(post_id)
    found = visible(statement.where(kind.id == post_id), person)
    post = db.session.scalars(found).unique().one_or_none()
    if post is None:
        raise NotFound(post_id)
    return post
