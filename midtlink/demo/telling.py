"""What those who sign in to the demo have been told lately: their inboxes are no deserts."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from midtlink.demo.cast import SIGN_INS
from midtlink.extensions import db
from midtlink.notifications.models import Notice
from midtlink.people.models import Person
from midtlink.questions.models import Answer, Comment, Post, Question
from midtlink.questions.records import Acceptance
from midtlink.reputation.records import Thanks
from midtlink.topics.models import SystemFollow

#: Of each kind for each person; what is older than this has been read.
MOST, READ_AFTER = 5, timedelta(days=4)


def store_notices(now: datetime) -> None:
    """Tell each of them of the newest that concerns them; none of it is mailed."""
    names = [each.username for each in SIGN_INS]
    people = select(Person).where(Person.username.in_(names)).order_by(Person.id)
    for person in db.session.scalars(people).all():
        told = sorted(_told(person), key=lambda row: (row["happened_at"], row["matter"]))
        db.session.add_all(_notice(person, row, now) for row in told)
        db.session.flush()


def _notice(person: Person, row: dict[str, Any], now: datetime) -> Notice:
    at = row["happened_at"]
    read_at = at + timedelta(hours=1) if now - at > READ_AFTER else None
    return Notice(person_id=person.id, read_at=read_at, routed_at=at, **row)


def _told(person: Person) -> Iterator[dict[str, Any]]:
    thread = aliased(Question)
    for answer in _newest(
        select(Answer).join(thread, thread.id == Answer.thread_id),
        Answer.id,
        thread.author_id == person.id,
        Answer.author_id != person.id,
    ):
        yield _of_post("answer", answer, "asked")
    above = aliased(Post)
    for comment in _newest(
        select(Comment).join(above, above.id == Comment.parent_id),
        Comment.id,
        above.author_id == person.id,
        Comment.author_id != person.id,
    ):
        yield _of_post("comment", comment, "wrote")
    follows = SystemFollow.system_id == Question.system_id, SystemFollow.person_id == person.id
    asked = select(Question).join(SystemFollow, follows[0])
    for question in _newest(asked, Question.id, follows[1], Question.author_id != person.id):
        yield _of_post("question", question, "system", reason_id=question.system_id)
    yield from _honours(person)


def _honours(person: Person) -> Iterator[dict[str, Any]]:
    chosen = select(Acceptance).join(Answer, Answer.id == Acceptance.answer_id)
    stands = Acceptance.ended_at.is_(None), Acceptance.by_id != person.id
    for row in _newest(chosen, Acceptance.id, Answer.author_id == person.id, *stands):
        answer = db.session.get_one(Answer, row.answer_id)
        more = {"matter": f"accepted:{row.id}", "by_id": row.by_id, "happened_at": row.accepted_at}
        yield _of_post("accepted", answer, "wrote") | more
    thanked = Thanks.to_id == person.id, Thanks.withdrawn_at.is_(None)
    for row in _newest(select(Thanks), Thanks.id, *thanked):
        answer = db.session.get_one(Answer, row.answer_id)
        more = {"matter": f"thanks:{row.id}", "by_id": row.by_id, "happened_at": row.given_at}
        yield _of_post("thanks", answer, "wrote", subject_id=row.id) | more


def _newest(statement: Any, key: Any, *conditions: Any) -> list[Any]:
    seen = [] if key.class_ in (Acceptance, Thanks) else _is_there(key.class_)
    found = statement.where(*conditions, *seen).order_by(key.desc()).limit(MOST)
    return list(db.session.scalars(found).all())


def _is_there(post: Any) -> list[Any]:
    return [each.is_(None) for each in (post.hidden_at, post.deleted_at, post.redacted_at)]


def _of_post(kind: str, post: Post, reason: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "matter": f"{kind}:{post.id}",
        "question_id": post.thread_id or post.id,
        "post_id": post.id,
        "by_id": post.author_id,
        "reason": reason,
        "happened_at": post.created_at,
        **more,
    }
