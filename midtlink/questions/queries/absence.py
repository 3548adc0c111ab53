"""When an asker last did something in the thread."""

from datetime import datetime

from sqlalchemy import func, or_, select, union_all

from midtlink.extensions import db
from midtlink.questions.models import Post, Question
from midtlink.questions.records import Acceptance, Closure, Reaction, Revision


def asker_acted_at(question: Question) -> datetime:
    """Return when the asker last wrote, edited, reacted, chose an answer, closed or reopened."""
    asker_id = question.author_id
    posts = select(Post.id).where(or_(Post.id == question.id, Post.thread_id == question.id))
    of_thread = Acceptance.question_id == question.id, Closure.question_id == question.id
    moments = (
        (Post.created_at, Post.author_id, Post.id.in_(posts)),
        (Revision.made_at, Revision.by_id, Revision.post_id.in_(posts)),
        (Reaction.set_at, Reaction.person_id, Reaction.post_id.in_(posts)),
        (Reaction.withdrawn_at, Reaction.person_id, Reaction.post_id.in_(posts)),
        (Acceptance.accepted_at, Acceptance.by_id, of_thread[0]),
        (Acceptance.ended_at, Acceptance.ended_by_id, of_thread[0]),
        (Closure.closed_at, Closure.by_id, of_thread[1]),
        (Closure.reopened_at, Closure.reopened_by_id, of_thread[1]),
    )
    acts = [
        select(moment.label("at")).where(by_id == asker_id, where)
        for moment, by_id, where in moments
    ]
    every = union_all(*acts).subquery()
    return db.session.scalar(select(func.max(every.c.at))) or question.created_at
