"""Mails that are ready and may not leave yet: quiet hours, holidays, a thread told of just now."""

from datetime import datetime

from sqlalchemy import func, select

from midtlink.extensions import db
from midtlink.notifications.mail.rules import ABOUT_ACCESS, COLLECTED, HOUR, held_until
from midtlink.notifications.models import NoticeSettings
from midtlink.notifications.records import SENT, OutgoingMail

#: What is collected is held by other mails of its thread no longer than that.
LONGEST_PACED = 3 * HOUR


def held_mail_until(mail: OutgoingMail, now: datetime) -> datetime:
    """Return when a mail may leave that is due now: at once, as a rule."""
    if mail.purpose in ABOUT_ACCESS:
        return now
    return max(_person_held_until(mail.person_id, now), _thread_held_until(mail, now))


def _person_held_until(person_id: int, now: datetime) -> datetime:
    settings = db.session.get(NoticeSettings, person_id)
    if settings is None:
        return now
    return held_until(
        now,
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        paused_until=settings.paused_until,
    )


def _thread_held_until(mail: OutgoingMail, now: datetime) -> datetime:
    """Collected mail keeps an hour's distance from what was mailed of the thread before."""
    if mail.purpose != COLLECTED or mail.question_id is None or mail.attempts:
        return now
    of_thread = (
        OutgoingMail.person_id == mail.person_id,
        OutgoingMail.question_id == mail.question_id,
    )
    last = select(func.max(OutgoingMail.ended_at)).where(*of_thread, OutgoingMail.state == SENT)
    sent_at = db.session.scalar(last)
    if sent_at is None or now - mail.made_at > LONGEST_PACED:
        return now
    return max(now, sent_at + HOUR)
