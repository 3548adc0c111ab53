"""Mails that were given up or still wait, for administrators: to whom, why; never what they say."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.access import NotFound
from midtlink.events import in_transaction, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.events import MailsRetried
from midtlink.notifications.mail.refusing import forget_refusal
from midtlink.notifications.mail.rules import KEPT
from midtlink.notifications.models import Notice, NoticeSettings
from midtlink.notifications.records import DEAD, WAITING, OutgoingMail
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.policy import Actor, demand_administrator

MAILS: Any = OutgoingMail.__table__
#: Old mails that are deleted in one step.
FORGOTTEN_AT_ONCE = 1_000


def list_unsent(state: str, *, by: Actor, cursor: str | None = None) -> Slice[OutgoingMail]:
    """Return a page of the mails that were given up (DEAD) or wait (WAITING), newest first."""
    demand_administrator(by, "look after mail")
    statement = select(OutgoingMail).where(OutgoingMail.state == state)
    if after := read_cursor(cursor):
        statement = statement.where(OutgoingMail.id < after[0])
    newest = statement.order_by(OutgoingMail.id.desc()).limit(PAGE_SIZE + 1)
    rows = db.session.scalars(newest.options(joinedload(OutgoingMail.person))).all()
    return cut(rows, key=lambda mail: mail.id)


def retry(mail_id: int, *, by: Actor) -> None:
    """Send a mail again that was given up, or one that waits for its next try now.

    What was sent meanwhile stays sent. Raises NotFound.
    """
    with transaction():
        demand_administrator(by, "send again", mail_id)
        mail = db.session.get(OutgoingMail, mail_id, with_for_update=True, populate_existing=True)
        if mail is None:
            raise NotFound(mail_id)
        if mail.state == DEAD:
            forget_refusal(mail.person_id)
            _begin_anew(OutgoingMail.id == mail_id)
        elif mail.state == WAITING:
            mail.next_at = clock.now()
        publish(MailsRetried(by_id=by.id, count=1))


def retry_all(*, by: Actor) -> int:
    """Send all mails again that were given up, and say how many those were."""
    with transaction():
        demand_administrator(by, "send again")
        people = select(MAILS.c.person_id).where(MAILS.c.state == DEAD)
        refused = update(NoticeSettings).where(NoticeSettings.person_id.in_(people))
        db.session.execute(refused.values(refused_at=None, refusal=""))
        count = _begin_anew(MAILS.c.state == DEAD)
        if count:
            publish(MailsRetried(by_id=by.id, count=count))
        return count


def _begin_anew(condition: Any) -> int:
    now = clock.now()
    fresh = {"state": WAITING, "attempts": 0, "due_at": now, "next_at": now, "ended_at": None}
    result: Any = db.session.execute(update(MAILS).where(condition).values(**fresh))
    return int(result.rowcount)


def forget_old_mails() -> bool:
    """Delete mails that ended a month ago, some at a time, and say whether there are more."""

    def work() -> int:
        is_old = MAILS.c.ended_at < clock.now() - KEPT, MAILS.c.state != WAITING
        ids = list(db.session.scalars(select(MAILS.c.id).where(*is_old).limit(FORGOTTEN_AT_ONCE)))
        unnamed = update(Notice).where(Notice.mail_id.in_(ids)).values(mail_id=None)
        db.session.execute(unnamed)
        db.session.execute(delete(MAILS).where(MAILS.c.id.in_(ids)))
        return len(ids)

    return in_transaction(work) == FORGOTTEN_AT_ONCE
