"""The outbox: which mails are due, in whose order, and what becomes of each."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, case, exists, literal, or_, select, tuple_, update

from midtlink import clock
from midtlink.extensions import db
from midtlink.notifications.mail.rules import BACKOFF, DIGESTS, KEPT_TRYING, SENT_AT_ONCE, backoff
from midtlink.notifications.models import Notice
from midtlink.notifications.records import DEAD, DROPPED, SENT, WAITING, OutgoingMail

MAILS: Any = OutgoingMail.__table__
NOTICES: Any = Notice.__table__


def list_due() -> Sequence[OutgoingMail]:
    """Return the mails to send now, a person's in their order, some at a time.

    No mail leaves before an earlier one to the same person that failed and waits for its next
    try. Whoever has more than a digest to get comes before those with digests alone, which may
    be nine thousand.
    """
    now = clock.now()
    statement = (
        select(OutgoingMail)
        .where(MAILS.c.state == WAITING, MAILS.c.next_at <= now, ~_waits_for_another(now))
        .order_by(case((_has_news(now), 0), else_=1), MAILS.c.due_at, MAILS.c.id)
        .limit(SENT_AT_ONCE)
    )
    return db.session.scalars(statement).all()


def _waits_for_another(now: datetime) -> Any:
    other = MAILS.alias()
    is_earlier = tuple_(other.c.due_at, other.c.id) < tuple_(MAILS.c.due_at, MAILS.c.id)
    is_of_person = other.c.person_id == MAILS.c.person_id
    return exists().where(is_of_person, other.c.state == WAITING, other.c.next_at > now, is_earlier)


def _has_news(now: datetime) -> Any:
    other = MAILS.alias()
    is_due = and_(other.c.state == WAITING, other.c.next_at <= now)
    is_of_person = other.c.person_id == MAILS.c.person_id
    is_news = other.c.purpose.not_in(DIGESTS)
    return or_(MAILS.c.purpose.not_in(DIGESTS), exists().where(is_of_person, is_due, is_news))


def lock_mail(mail_id: int) -> OutgoingMail | None:
    """Return a mail that still waits, to be changed; None where it does not."""
    mail = db.session.get(OutgoingMail, mail_id, with_for_update=True, populate_existing=True)
    return mail if mail is not None and mail.state == WAITING else None


def end(mail: OutgoingMail, state: str, error: str = "") -> None:
    """Note what became of a mail."""
    mail.state, mail.ended_at, mail.error = state, clock.now(), error


def mark_sent(mail: OutgoingMail, notice_ids: Collection[int]) -> None:
    """Note that the server has the mail. Notices that came too late for it are routed again."""
    end(mail, SENT)
    late = NOTICES.c.mail_id == mail.id, NOTICES.c.id.not_in(notice_ids)
    again = update(NOTICES).where(*late)
    db.session.execute(again.values(mail_id=None, routed_at=None))


def drop(mail: OutgoingMail) -> None:
    """Note that the mail has nothing to say, or nobody to say it to."""
    end(mail, DROPPED)


def put_off(mail: OutgoingMail, error: str) -> None:
    """Let a mail wait for its next try, or give it up when it has waited for days."""
    now = clock.now()
    mail.attempts += 1
    mail.error = error
    if now - mail.due_at >= KEPT_TRYING:
        end(mail, DEAD, error)
    else:
        mail.next_at = now + backoff(mail.attempts - 1)


def put_off_all(error: str) -> None:
    """Do so with every mail that is due, in two statements: the server is not to be had."""
    now = clock.now()
    is_due = MAILS.c.state == WAITING, MAILS.c.next_at <= now
    tried = {"attempts": MAILS.c.attempts + 1, "tried_at": now, "error": error}
    given_up = update(MAILS).where(*is_due, MAILS.c.due_at <= now - KEPT_TRYING)
    db.session.execute(given_up.values(**tried, state=DEAD, ended_at=now))
    db.session.execute(update(MAILS).where(*is_due).values(**tried, next_at=_next_try(now)))


def _next_try(now: datetime) -> Any:
    """When a mail is tried next, by how often it has failed before."""
    rests = [(MAILS.c.attempts == n, now + timedelta(minutes=m)) for n, m in enumerate(BACKOFF)]
    typed = [(is_so, literal(moment, MAILS.c.next_at.type)) for is_so, moment in rests]
    return case(*typed, else_=typed[-1][1])
