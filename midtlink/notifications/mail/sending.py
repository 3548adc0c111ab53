"""Sending what is due: a lane of the sweeper. No page ever waits for it.

Before a mail is handed over its try is saved, afterwards what became of it. Who dies in between
leaves it waiting: it is sent again, with the same Message-ID, and nothing else is.
"""

import logging
from collections.abc import Callable, Collection, Sequence
from functools import partial

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.composing import BadAddress, address_of, compose
from midtlink.notifications.mail.holding import held_mail_until
from midtlink.notifications.mail.outbox import (
    drop,
    end,
    list_due,
    lock_mail,
    mark_sent,
    put_off,
    put_off_all,
)
from midtlink.notifications.mail.refusing import has_address, note_refusal
from midtlink.notifications.mail.rules import SENT_AT_ONCE
from midtlink.notifications.mail.transport import Connection, PutOff, RefusedForGood, Unreachable
from midtlink.notifications.mail.writing import Writer
from midtlink.notifications.records import DEAD, WAITING, OutgoingMail
from midtlink.sweeper import keep_lease

log = logging.getLogger(__name__)


def send_waiting() -> bool:
    """Send some of the mails that are due, and say whether more are."""
    if not configuration.is_on():
        return False
    due = list_due()
    if not due:
        return False
    with Connection(configuration.server()) as connection:
        try:
            return _send_all(due, connection) and len(due) == SENT_AT_ONCE
        except Unreachable as error:
            words = str(error)
            in_transaction(lambda: put_off_all(words))
            return False


def _send_all(due: Sequence[OutgoingMail], connection: Connection) -> bool:
    """Send mail by mail; False when the connection broke, and another must be made first."""
    writer, waiting = Writer(due), set()
    for mail_id, person_id in [(mail.id, mail.person_id) for mail in due]:
        keep_lease()
        if person_id in waiting:
            continue
        if not _send(mail_id, writer, connection):
            waiting.add(person_id)
        if not connection.is_usable:
            return False
    return True


def _send(mail_id: int, writer: Writer, connection: Connection) -> bool:
    """Send one mail if it may leave; False when later ones to its person must wait for it."""
    mail = in_transaction(lambda: _begin(mail_id))
    return mail is None or _finish(mail_id, _outcome(mail, writer, connection))


def _begin(mail_id: int) -> OutgoingMail | None:
    """Note that the mail is being tried; None where it cannot be, or not yet."""
    mail, now = lock_mail(mail_id), clock.now()
    if mail is None or mail.next_at > now:
        return None
    if not has_address(mail):
        drop(mail)
        return None
    until = held_mail_until(mail, now)
    if until > now:
        mail.due_at = mail.next_at = until
        return None
    mail.tried_at = now
    return mail


def _outcome(
    mail: OutgoingMail, writer: Writer, connection: Connection
) -> Callable[[OutgoingMail], None]:
    """Try to send the mail, and return what is to be noted of it."""
    try:
        notice_ids = _hand_over(mail, writer, connection)
    except (RefusedForGood, BadAddress) as refusal:
        return partial(_give_up, words=str(refusal))
    except PutOff as error:
        return partial(put_off, error=str(error))
    except Unreachable:
        raise
    except Exception as error:  # One mail that cannot be written must not stop the others.
        log.exception("a mail could not be written")
        return partial(put_off, error=type(error).__name__)
    return drop if notice_ids is None else partial(mark_sent, notice_ids=notice_ids)


def _hand_over(
    mail: OutgoingMail, writer: Writer, connection: Connection
) -> Collection[int] | None:
    """Write the mail and give it to the server; None where nothing is left to say."""
    to = address_of(str(mail.person.email))
    written = writer.write(mail)
    if written is None:
        return None
    message = compose(written.letter, to=to, message_id=mail.message_id)
    db.session.rollback()  # No connection to the database waits for the server.
    connection.hand_over(message, to=to)
    return written.notice_ids


def _finish(mail_id: int, note: Callable[[OutgoingMail], None]) -> bool:
    """Note what became of a mail, and say whether it waits no more."""

    def work() -> bool:
        mail = lock_mail(mail_id)
        if mail is not None:
            note(mail)
        return mail is None or mail.state != WAITING

    return in_transaction(work)


def _give_up(mail: OutgoingMail, words: str) -> None:
    end(mail, DEAD, words)
    note_refusal(mail.person_id, words)
