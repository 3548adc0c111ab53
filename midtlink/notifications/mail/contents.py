"""What mails have to tell at the moment when they are sent: rights are checked here again."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from midtlink.extensions import db
from midtlink.notifications.models import Notice, NoticeChoice, ThreadMute, is_new
from midtlink.notifications.queries import names_of_reasons
from midtlink.notifications.rules import KINDS, OFF
from midtlink.people.models import Department
from midtlink.questions.models import Post, Question
from midtlink.topics.models import System

NOTICES: Any = Notice.__table__
POSTS: Any = Post.__table__
QUESTIONS: Any = Question.__table__


@dataclass(frozen=True)
class Told:
    """A notice with the words around it. Only a setting lets the title out of the house."""

    kind: str
    reason: str
    reason_name: str
    count: int
    happened_at: datetime
    question_id: int | None
    title: str
    system: str
    department: str


@dataclass
class Content:
    """What one mail tells, and the notices that were looked at for it, told or not."""

    told: list[Told] = field(default_factory=list)
    notice_ids: list[int] = field(default_factory=list)


def contents_of(mail_ids: Collection[int]) -> dict[int, Content]:
    """Return what each mail tells now, in two statements however many they are.

    Left out is what was read, put aside or muted meanwhile, what its reader wants no mail of any
    more, and what not everybody may read: also of a post that one's role could still see.
    """
    rows = _load(mail_ids)
    names = names_of_reasons(rows)
    contents: dict[int, Content] = defaultdict(Content)
    for row in rows:
        content = contents[row.mail_id]
        content.notice_ids.append(row.id)
        if row.is_told:
            content.told.append(_told(row, names.get((row.reason, row.reason_id or 0), "")))
    return {mail_id: contents[mail_id] for mail_id in mail_ids}


def _told(row: Any, name: str) -> Told:
    return Told(
        kind=row.kind,
        reason=row.reason,
        reason_name=name,
        count=row.count,
        happened_at=row.happened_at,
        question_id=row.question_id,
        title=row.title or "",
        system=row.system or "",
        department=row.department or "",
    )


def _load(mail_ids: Collection[int]) -> Sequence[Any]:
    post = POSTS.alias()
    statement = (
        select(
            NOTICES,
            QUESTIONS.c.title,
            System.name.label("system"),
            Department.name.label("department"),
            and_(is_new(NOTICES.c), ~_is_gone(post), ~_is_unwanted()).label("is_told"),
        )
        .outerjoin(post, post.c.id == NOTICES.c.post_id)
        .outerjoin(QUESTIONS, QUESTIONS.c.id == NOTICES.c.question_id)
        .outerjoin(System, System.id == QUESTIONS.c.system_id)
        .outerjoin(Department, Department.id == QUESTIONS.c.department_id)
        .where(NOTICES.c.mail_id.in_(mail_ids))
        .order_by(NOTICES.c.id)
    )
    return db.session.execute(statement).all()


def _is_gone(post: Any) -> ColumnElement[bool]:
    """The post, what it is a comment on or the question is hidden, deleted or removed for ever."""
    part = POSTS.alias()
    ids = (NOTICES.c.question_id, post.c.id, post.c.parent_id, post.c.thread_id)
    gone = (part.c[name].is_not(None) for name in ("hidden_at", "deleted_at", "redacted_at"))
    return exists().where(part.c.id.in_(ids), or_(*gone))


def _is_unwanted() -> ColumnElement[bool]:
    """The reader has muted the thread or switched the kind off since."""
    own = [kind.key for kind in KINDS.values() if kind.is_own]
    of_reader = ThreadMute.person_id == NOTICES.c.person_id
    muted = exists().where(of_reader, ThreadMute.question_id == NOTICES.c.question_id)
    chosen = NoticeChoice.person_id == NOTICES.c.person_id, NoticeChoice.kind == NOTICES.c.kind
    is_off = exists().where(*chosen, NoticeChoice.mode == OFF)
    return or_(and_(NOTICES.c.kind.not_in(own), muted), is_off)
