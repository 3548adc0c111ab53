"""Commenting on a question or an answer."""

from collections.abc import Iterable

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import Guard, check_pace, find_sent, first_revision, render
from midtlink.questions.drafting import drop_draft
from midtlink.questions.events import CommentMade
from midtlink.questions.mentioning import mention_people
from midtlink.questions.models import COMMENT, Comment, Post
from midtlink.questions.policy import may_ask, may_comment
from midtlink.questions.queries import lock
from midtlink.questions.rules import LONGEST_COMMENT
from midtlink.texts import clean_body


def comment(
    post: Post,
    *,
    body: str,
    by: Person | None,
    submission_key: str | None = None,
    not_cpr: Iterable[str] = (),
) -> Comment:
    """Comment on a question or an answer, also in a closed thread.

    The same submission key again gives the comment that it made. Raises Refused,
    PatientDataFound, TooMany.
    """
    with transaction():
        post = lock(post)
        if by is None or not may_ask(by):
            raise NotAllowed(by, "comment", post)
        if sent := find_sent(Comment, submission_key, about_id=post.id, by=by):
            return sent
        if not may_comment(by, post):
            raise NotAllowed(by, "comment", post)
        body = clean_body(body, "body", most=LONGEST_COMMENT, least=1)
        guard = Guard(not_cpr)
        guard.check(body=body)
        check_pace(by)
        made = _make(post, body, by, submission_key)
        guard.tell(made, by)
        drop_draft(COMMENT, post.id, by=by)
        publish(CommentMade(by_id=by.id, question_id=post.question_id, post_id=made.id))
        mention_people(made, by=by)
        return made


def _make(post: Post, body: str, by: Person, key: str | None) -> Comment:
    moment = clock.now()
    made = Comment(
        thread=post.question,
        parent=post,
        author=by,
        source_format="markdown",
        language=by.language,
        created_at=moment,
        submission_key=key,
    )
    render(made, body)
    db.session.add(made)
    first_revision(made, by)
    post.question.active_at = moment
    return made
