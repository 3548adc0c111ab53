"""Notices and mails for the tests of mail."""

from datetime import UTC, datetime, timedelta

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.mail.routing import route_waiting
from midtlink.notifications.mail.sending import send_waiting
from midtlink.notifications.models import Notice, NoticeChoice, NoticeSettings
from midtlink.notifications.records import OutgoingMail
from midtlink.people.models import Person


def choose(person, kind, mode):
    """Let a person be mailed of a kind in a mode."""
    row = NoticeChoice(person_id=person.id, kind=kind, mode=mode, chosen_at=clock.now())
    in_transaction(lambda: db.session.merge(row))


def settings(person, **values):
    """Set a person's hours, pause or refused address."""

    def work():
        row = db.session.get(NoticeSettings, person.id) or NoticeSettings(person_id=person.id)
        for name, value in values.items():
            setattr(row, name, value)
        db.session.add(row)

    in_transaction(work)


def routed():
    """Route all notices and return the outbox."""
    while route_waiting():
        pass
    return outbox()


def outbox(**values):
    """The mails that were made, in the order in which they were."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(OutgoingMail).filter_by(**values).order_by(OutgoingMail.id).all()


def notices(person):
    """What a person was told."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id).all()


def read(person):
    """Let a person have looked at everything."""
    is_theirs = Notice.person_id == person.id
    change = db.update(Notice).where(is_theirs).values(read_at=clock.now())
    in_transaction(lambda: db.session.execute(change))


def leave(person):
    """Let a person have left the hospital."""
    in_transaction(lambda: setattr(db.session.get(Person, person.id), "is_active", False))


def copenhagen(day, hour, minute=0, *, month=11, summer=False):
    """A moment of 2026 by the hospital's clocks, in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC) - timedelta(hours=1 + summer)


def sent(times=1):
    """Route and send everything that is due now, in so many steps of the lane."""
    routed()
    for _ in range(times):
        while send_waiting():
            pass
    return outbox()
