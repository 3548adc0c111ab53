"""Everything that the page of a question shows, in few statements whatever its length."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, and_, false, func, literal, or_, select, true, union_all
from sqlalchemy.orm import joinedload

from midtlink.access import MODERATOR, REVIEWER
from midtlink.extensions import db
from midtlink.paging import Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Comment, Post, Question
from midtlink.questions.policy import may_accept, may_read
from midtlink.questions.queries.absence import asker_acted_at
from midtlink.questions.queries.duplicates import Duplicates, find_duplicates
from midtlink.questions.queries.titles import similar_titles
from midtlink.questions.queries.visibility import POSTS, visible
from midtlink.questions.records import Confirmation, Flag, QuestionFollow, Reaction, SuggestedEdit

ANSWERS_SHOWN = 50
FOLLOWS = "follows"


@dataclass(frozen=True)
class Thread:
    """A question and all that hangs on it, as one person sees it.

    Where the person may not read the question (it is hidden, and theirs), all but it is empty.
    Closure and acceptance hang on the question, a confirmation on its answer.
    """

    question: Question
    #: The accepted answer first, then by rank; `answers.next_cursor` leads to the next 50.
    answers: Slice[Answer] = field(default_factory=lambda: Slice([], None))
    #: Comments by the id of the post that they are on.
    comments: dict[int, list[Comment]] = field(default_factory=dict)
    #: The person's own standing reactions (kinds) by the id of the post.
    reactions: dict[int, set[str]] = field(default_factory=dict)
    is_following: bool = False
    #: Where a question that is closed as duplicate leads to in the end, if the person sees it.
    original: Question | None = None
    #: The questions that were closed as duplicates of this one, also through others.
    duplicates: Sequence[Question] = ()
    similar: Sequence[Question] = ()
    #: Ids of the answers that the person may accept just now.
    acceptable: frozenset[int] = frozenset()
    #: Suggested edits of posts of this thread that wait for this person.
    suggestion_count: int = 0
    #: Undecided flags by the id of the post; empty for those who decide none.
    flag_counts: dict[int, int] = field(default_factory=dict)


def thread(question: Question, *, seen_by: Person, cursor: str | None = None) -> Thread:
    """Return the thread of a question that get_question() gave."""
    if not may_read(seen_by, question):
        return Thread(question)
    answers = _answers(question, seen_by, cursor)
    mine = _mine(question, seen_by)
    duplicates: Duplicates = find_duplicates(question, seen_by=seen_by)
    known = {question.id, *(each.id for each in duplicates.all)}
    waiting = _waiting(question, seen_by)
    return Thread(
        question,
        answers=answers,
        comments=_comments(question, answers.rows, seen_by),
        reactions=mine,
        is_following=FOLLOWS in mine.pop(0, set()),
        original=duplicates.original,
        duplicates=duplicates.others,
        similar=similar_titles(question.title, seen_by=seen_by, but_not=known),
        acceptable=_acceptable(question, answers.rows, seen_by),
        suggestion_count=waiting.suggestions,
        flag_counts=waiting.flags,
    )


def page_of(answer: Answer, *, seen_by: Person) -> str | None:
    """Return the cursor of the page that shows the answer, None for the first page."""
    if answer.question.accepted_answer_id == answer.id:
        return None
    others = _others(answer.question, seen_by).with_only_columns(Answer.id)
    ids = list(db.session.scalars(others))
    place = ids.index(answer.id) if answer.id in ids else 0
    start = place - place % ANSWERS_SHOWN
    return str(ids[start - 1]) if start else None


def _answers(question: Question, person: Person, cursor: str | None) -> Slice[Answer]:
    """Return a page of answers: the accepted one on top of the first, beside its 50."""
    if after := read_cursor(cursor):
        statement = _others(question, person).where(_comes_after(after[0]))
    else:
        statement = _ordered(question, person)
    rows = db.session.scalars(_with_faces(statement).limit(ANSWERS_SHOWN + 2)).all()
    chosen = [row for row in rows if row.id == question.accepted_answer_id]
    others = [row for row in rows if row.id != question.accepted_answer_id]
    page = cut(others, key=lambda row: row.id, size=ANSWERS_SHOWN)
    return Slice([*chosen, *page.rows], page.next_cursor)


def _others(question: Question, person: Person) -> Select[Any]:
    is_other = Answer.id != (question.accepted_answer_id or 0)
    return _ordered(question, person).where(is_other)


def _ordered(question: Question, person: Person) -> Select[Any]:
    """Order a thread's answers: the accepted one first, then by rank, the older before others."""
    is_chosen = Answer.id == (question.accepted_answer_id or 0)
    statement = select(Answer).where(Answer.thread_id == question.id)
    return visible(statement, person).order_by(is_chosen.desc(), Answer.rank.desc(), Answer.id)


def _comes_after(answer_id: int) -> Any:
    """Answers below one; where it stands is read now, so that votes meanwhile move the page."""
    above = POSTS.alias().c
    rank = select(above.rank).where(above.id == answer_id).scalar_subquery()
    return or_(Answer.rank < rank, and_(Answer.rank == rank, Answer.id > answer_id))


def _with_faces(statement: Select[Any]) -> Select[Any]:
    return statement.options(
        joinedload(Answer.author).joinedload(Person.department),
        joinedload(Answer.edited_by),
        joinedload(Answer.confirmation).joinedload(Confirmation.by),
    )


def _comments(
    question: Question, answers: Sequence[Answer], person: Person
) -> dict[int, list[Comment]]:
    ids = [question.id, *(answer.id for answer in answers)]
    statement = (
        visible(select(Comment).where(Comment.parent_id.in_(ids)), person)
        .options(joinedload(Comment.author).joinedload(Person.department))
        .order_by(Comment.id)
    )
    by_post: dict[int, list[Comment]] = {}
    for comment in db.session.scalars(statement):
        by_post.setdefault(comment.parent_id or 0, []).append(comment)
    return by_post


def _mine(question: Question, person: Person) -> dict[int, set[str]]:
    """Return the person's reactions by post, and under 0 whether they follow the question."""
    reactions = select(Reaction.post_id, Reaction.kind).join(Post, Post.id == Reaction.post_id)
    standing = reactions.where(
        Reaction.person_id == person.id, Reaction.withdrawn_at.is_(None), _in_thread(question)
    )
    follows = select(literal(0), literal(FOLLOWS)).where(
        QuestionFollow.person_id == person.id, QuestionFollow.question_id == question.id
    )
    mine: dict[int, set[str]] = {}
    for post_id, kind in db.session.execute(union_all(standing, follows)):
        mine.setdefault(post_id, set()).add(kind)
    return mine


def _in_thread(question: Question) -> Any:
    return or_(Post.id == question.id, Post.thread_id == question.id)


@dataclass(frozen=True)
class _Waiting:
    suggestions: int
    flags: dict[int, int]


def _waiting(question: Question, person: Person) -> _Waiting:
    decides = true() if person.has_role(MODERATOR) else false()
    suggested = select(literal(0), func.count(SuggestedEdit.id)).join(
        Post, Post.id == SuggestedEdit.post_id
    )
    suggested = suggested.where(
        SuggestedEdit.decided_at.is_(None),
        SuggestedEdit.by_id != person.id,
        _in_thread(question),
        or_(decides, Post.author_id == person.id),
    )
    flagged = select(Flag.post_id, func.count(Flag.id)).join(Post, Post.id == Flag.post_id)
    flagged = flagged.where(Flag.decided_at.is_(None), _in_thread(question), decides)
    both = union_all(suggested, flagged.group_by(Flag.post_id))
    counts: dict[int, int] = dict(db.session.execute(both).all())
    return _Waiting(counts.pop(0, 0), counts)


def _acceptable(question: Question, answers: Sequence[Answer], person: Person) -> frozenset[int]:
    if person.id != question.author_id and not person.has_role(REVIEWER):
        return frozenset()
    acted_at = None if person.id == question.author_id else asker_acted_at(question)
    return frozenset(
        answer.id for answer in answers if may_accept(person, answer, asker_acted_at=acted_at)
    )
