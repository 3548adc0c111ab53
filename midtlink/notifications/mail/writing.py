"""Writing the letters of some mails: what they say is read for many at once, and late."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale

from midtlink import clock
from midtlink.notifications.mail.access import access_letter
from midtlink.notifications.mail.contents import Content, contents_of
from midtlink.notifications.mail.letters import Letter
from midtlink.notifications.mail.notice_letters import notice_letter
from midtlink.notifications.mail.rules import ABOUT_ACCESS
from midtlink.notifications.records import OutgoingMail
from midtlink.people.models import Person

#: What was read of the database longer ago is read again before it is sent.
FRESH = timedelta(seconds=5)


@dataclass(frozen=True)
class Written:
    """A letter, and the notices that were looked at for it."""

    letter: Letter
    notice_ids: Collection[int]


class Writer:
    """Writes the letters of a batch of mails, each just before it is sent."""

    def __init__(self, mails: Collection[OutgoingMail]) -> None:
        self.purposes = {mail.id: mail.purpose for mail in mails}
        self.contents: Mapping[int, Content] = {}
        self.read_at: datetime | None = None

    def write(self, mail: OutgoingMail) -> Written | None:
        """Return the letter of a mail; None where nothing is left to say."""
        person = mail.person
        with force_locale(person.language):
            if mail.purpose in ABOUT_ACCESS:
                return Written(access_letter(person, mail.purpose), ())
            return self._write_notices(mail, person)

    def _write_notices(self, mail: OutgoingMail, person: Person) -> Written | None:
        content = self._content(mail)
        del self.purposes[mail.id]
        if not content.told:
            return None
        letter = notice_letter(person.id, content.told, language=person.language)
        return Written(letter, content.notice_ids)

    def _content(self, mail: OutgoingMail) -> Content:
        now = clock.now()
        if self.read_at is None or now - self.read_at > FRESH:
            self.contents, self.read_at = contents_of(list(self.purposes)), now
        return self.contents[mail.id]
