"""Addresses that their own server has refused for good: nothing is mailed there any more."""

from midtlink import clock
from midtlink.events import on
from midtlink.extensions import db
from midtlink.notifications.mail.rules import ABOUT_ACCESS
from midtlink.notifications.models import NoticeSettings
from midtlink.notifications.records import OutgoingMail
from midtlink.people.events import PersonChanged

LONGEST_REFUSAL = 200


def has_address(mail: OutgoingMail) -> bool:
    """Say whether a mail can be sent to its person.

    A link to choose a password was asked for by somebody just now, so that is tried always.
    """
    person = mail.person
    if not person.is_active or not person.email:
        return False
    return mail.purpose in ABOUT_ACCESS or not is_refused(person.id)


def is_refused(person_id: int) -> bool:
    """Say whether the person's address was refused for good."""
    settings = db.session.get(NoticeSettings, person_id)
    return settings is not None and settings.refused_at is not None


def note_refusal(person_id: int, words: str) -> None:
    """Send no more to the person's address; its owner sees when, and what the server said."""
    settings = db.session.get(NoticeSettings, person_id)
    if settings is None:
        settings = NoticeSettings(person_id=person_id)
        db.session.add(settings)
    settings.refused_at, settings.refusal = clock.now(), words[:LONGEST_REFUSAL]


def forget_refusal(person_id: int) -> None:
    """Send to the person's address again."""
    settings = db.session.get(NoticeSettings, person_id)
    if settings is not None:
        settings.refused_at, settings.refusal = None, ""


@on(PersonChanged)
def try_changed_address(fact: PersonChanged) -> None:
    """What is known of a person changed, so that the address may be another one."""
    forget_refusal(fact.person_id)
