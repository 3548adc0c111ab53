"""Reading notices, putting them aside until later, and muting threads: each for oneself alone."""

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import Integer, and_, column, exists, update, values

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.events import ThreadMuted, ThreadUnmuted
from midtlink.notifications.models import Notice, ThreadMute, thread_of
from midtlink.notifications.rules import LATER_HOUR
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.policy import may_read

NOTICES: Any = Notice.__table__


def mark_read(*, by: Person | None, until: int, key: int | None = None) -> None:
    """Mark notices up to an id as read: of one thread (queries.InboxThread.key), or all."""
    _change(by, until, key, NOTICES.c.read_at.is_(None), read_at=clock.now(), later_until=None)


def mark_unread(*, by: Person | None, until: int, key: int) -> None:
    """Let the notices of one thread be new again."""
    _change(by, until, key, NOTICES.c.read_at.is_not(None), read_at=None, later_until=None)


def put_aside(*, by: Person | None, until: int, key: int) -> None:
    """Let one thread rest until the next morning; it is new again then."""
    _change(by, until, key, True, read_at=None, later_until=next_morning())


def read_visited(visits: Collection[tuple[int, int, datetime]]) -> None:
    """Mark as read what people had been told of threads before they looked at them."""
    look = values(
        column("person_id", Integer),
        column("question_id", Integer),
        column("seen_at", NOTICES.c.happened_at.type),
        name="look",
    ).data(list(visits))
    seen = look.cte("look").c
    was_there = and_(
        NOTICES.c.person_id == seen.person_id,
        NOTICES.c.question_id == seen.question_id,
        NOTICES.c.happened_at <= seen.seen_at,
    )
    reading = update(NOTICES).where(NOTICES.c.read_at.is_(None), exists().where(was_there))
    db.session.execute(reading.values(read_at=clock.now(), later_until=None))


def next_morning() -> datetime:
    """Return when it is next seven o'clock at the hospital, at least an hour from now."""
    local = (clock.now() + timedelta(hours=1)).astimezone(clock.HOSPITAL_TIME)
    morning = datetime.combine(local.date(), time(LATER_HOUR), clock.HOSPITAL_TIME)
    return morning if morning > local else morning + timedelta(days=1)


def mute(question: Post, *, by: Person | None) -> None:
    """Hear no more of a thread, but for what happens to one's own texts."""
    with transaction():
        if by is None or not may_read(by, question):
            raise NotAllowed(by, "mute", question)
        hold(f"notices.mute.{by.id}")
        if db.session.get(ThreadMute, (by.id, question.id)) is None:
            row = ThreadMute(person_id=by.id, question_id=question.id, muted_at=clock.now())
            db.session.add(row)
            publish(ThreadMuted(by_id=by.id, question_id=question.id))


def unmute(question: Post, *, by: Person | None) -> None:
    """Hear of a thread again."""
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "unmute", question)
        hold(f"notices.mute.{by.id}")
        if row := db.session.get(ThreadMute, (by.id, question.id)):
            db.session.delete(row)
            publish(ThreadUnmuted(by_id=by.id, question_id=question.id))


def _change(by: Person | None, until: int, key: int | None, state: Any, **values: Any) -> None:
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "read notices")
        own = [NOTICES.c.person_id == by.id, NOTICES.c.id <= until, state]
        if key is not None:
            own.append(thread_of(NOTICES.c) == key)
        db.session.execute(update(NOTICES).where(*own).values(**values))
