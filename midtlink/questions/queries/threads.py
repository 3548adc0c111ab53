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
from midtlink.questions.policy import (
    may_accept,
    may_close,
    may_close_as_duplicate,
    may_read,
)
from midtlink.questions.queries.absence import asker_acted_at
from midtlink.questions.queries.duplicates import Duplicates, find_duplicates
from midtlink.questions.queries.knowing import knows_topic
from midtlink.questions.queries.visibility import POSTS, decided_by, visible
from midtlink.questions.records import Confirmation, Flag, QuestionFollow, Reaction, SuggestedEdit

ANSWERS_SHOWN = 50
REACTION, FOLLOWS, SUGGESTED, FLAGGED = "reaction", "follows", "suggested", "flagged"


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
    #: Ids of the answers that the person may accept just now.
    acceptable: frozenset[int] = frozenset()
    #: The person knows what the question is about, as far as that lets them do anything here.
    knows_topic: bool = False
    #: Suggested edits of posts of this thread that wait for this person.
    suggestion_count: int = 0
    #: Undecided flags by the id of the post; empty for those who decide none.
    flag_counts: dict[int, int] = field(default_factory=dict)


def thread(question: Question, *, seen_by: Person, cursor: str | None = None) -> Thread:
    """Return the thread of a question that get_question() gave."""
    if not may_read(seen_by, question):
        return Thread(question)
    answers = _answers(question, seen_by, cursor)
    marks = _marks(question, seen_by)
    duplicates: Duplicates = find_duplicates(question, seen_by=seen_by)
    return Thread(
        question,
        answers=answers,
        comments=_comments(question, answers.rows, seen_by),
        reactions=marks.reactions,
        is_following=marks.is_following,
        original=duplicates.original,
        duplicates=duplicates.others,
        acceptable=_acceptable(question, answers.rows, seen_by),
        knows_topic=_knows_topic(question, seen_by),
        suggestion_count=marks.suggestions,
        flag_counts=marks.flags,
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


@dataclass
class _Marks:
    """What the person has set in a thread, and what of it waits for them."""

    reactions: dict[int, set[str]] = field(default_factory=dict)
    is_following: bool = False
    suggestions: int = 0
    flags: dict[int, int] = field(default_factory=dict)


def _marks(question: Question, person: Person) -> _Marks:
    marks = _Marks()
    every = [*_set_by(question, person), *_waiting(question, person)]
    for what, post_id, kind, number in db.session.execute(union_all(*every)):
        if what == REACTION:
            marks.reactions.setdefault(post_id, set()).add(kind)
        elif what == FLAGGED:
            marks.flags[post_id] = number
        elif what == SUGGESTED:
            marks.suggestions = number
        else:
            marks.is_following = True
    return marks


def _set_by(question: Question, person: Person) -> list[Select[Any]]:
    """Select the person's reactions, and whether they follow the question."""
    standing: Any = select(literal(REACTION), Reaction.post_id, Reaction.kind, literal(1))
    standing = standing.join(Post, Post.id == Reaction.post_id).where(
        Reaction.person_id == person.id, Reaction.withdrawn_at.is_(None), _in_thread(question)
    )
    follows: Any = select(literal(FOLLOWS), literal(0), literal(""), literal(1)).where(
        QuestionFollow.person_id == person.id, QuestionFollow.question_id == question.id
    )
    return [standing, follows]


def _waiting(question: Question, person: Person) -> list[Select[Any]]:
    """Select how many suggested edits and flags wait for the person."""
    decides = true() if person.has_role(MODERATOR) else false()
    suggested: Any = select(
        literal(SUGGESTED), literal(0), literal(""), func.count(SuggestedEdit.id)
    )
    suggested = suggested.join(Post, Post.id == SuggestedEdit.post_id).where(
        SuggestedEdit.decided_at.is_(None),
        SuggestedEdit.by_id != person.id,
        _in_thread(question),
        Post.hidden_at.is_(None),
        Post.deleted_at.is_(None),
        decided_by(person),
    )
    flagged: Any = select(literal(FLAGGED), Flag.post_id, literal(""), func.count(Flag.id))
    flagged = flagged.join(Post, Post.id == Flag.post_id).where(
        Flag.decided_at.is_(None), _in_thread(question), decides
    )
    return [suggested, flagged.group_by(Flag.post_id)]


def _in_thread(question: Question) -> Any:
    return or_(Post.id == question.id, Post.thread_id == question.id)


def _knows_topic(question: Question, person: Person) -> bool:
    """Ask only where the answer gives the person a right that they lack without it."""
    if may_close(person, question) or not question.is_open:
        return False
    may = may_close_as_duplicate(person, question, knows_topic=True)
    return may and knows_topic(question, person)


def _acceptable(question: Question, answers: Sequence[Answer], person: Person) -> frozenset[int]:
    if person.id != question.author_id and not person.has_role(REVIEWER):
        return frozenset()
    acted_at = None if person.id == question.author_id else asker_acted_at(question)
    return frozenset(
        answer.id for answer in answers if may_accept(person, answer, asker_acted_at=acted_at)
    )
