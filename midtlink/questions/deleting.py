"""Deleting one's own post, and taking that back."""

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.deriving import derive_thread
from midtlink.questions.events import PostDeleted, PostUndeleted
from midtlink.questions.models import Post, Question
from midtlink.questions.pacing import keep_pace
from midtlink.questions.policy import may_delete, may_undelete
from midtlink.questions.queries import lock
from midtlink.questions.records import Deletion


class HasAnswers(NotAllowed):
    """Others have answered the question: it belongs to them too and cannot be deleted."""


def delete(post: Post, *, by: Person | None) -> None:
    """Take one's own post away. Deleting a deleted post changes nothing.

    HasAnswers for a question with answers: it can be closed instead. Raises TooMany.
    """
    with transaction():
        post = lock(post)
        if by is not None and _is_deleted_by_author(post, by):
            return
        if by is None or not may_delete(by, post):
            raise _refusal(post, by)
        keep_pace("deletions", by)
        post.deleted_at = clock.now()
        db.session.add(Deletion(post_id=post.id, by_id=by.id, deleted_at=post.deleted_at))
        derive_thread(post.question)
        publish(PostDeleted(by_id=by.id, question_id=post.question_id, post_id=post.id))


def undelete(post: Post, *, by: Person | None) -> None:
    """Bring a deleted post back. A post that is there stays as it is."""
    with transaction():
        post = lock(post)
        if by is None or not may_undelete(by, post):
            raise NotAllowed(by, "undelete", post)
        if post.deleted_at is None:
            return
        post.deleted_at = None
        standing = Deletion.post_id == post.id, Deletion.restored_at.is_(None)
        for row in db.session.scalars(select(Deletion).where(*standing)):
            row.restored_at, row.restored_by_id = clock.now(), by.id
        derive_thread(post.question)
        publish(PostUndeleted(by_id=by.id, question_id=post.question_id, post_id=post.id))


def _is_deleted_by_author(post: Post, by: Person) -> bool:
    return post.deleted_at is not None and post.author_id == by.id and by.is_active


def _refusal(post: Post, by: Person | None) -> NotAllowed:
    is_answered = isinstance(post, Question) and post.answer_count > 0
    is_author = by is not None and by.is_active and post.author_id == by.id
    kind = HasAnswers if is_answered and is_author else NotAllowed
    return kind(by, "delete", post)
