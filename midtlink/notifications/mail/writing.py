"""Writing the letters of some mails: what they say is read for many at once, and late."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import force_locale

from midtlink import clock
from midtlink.notifications.digests.letters import digest_letter
from midtlink.notifications.digests.overviews import Overview
from midtlink.notifications.digests.reading import overviews_by_mail
from midtlink.notifications.mail.access import access_letter
from midtlink.notifications.mail.contents import Content, contents_of
from midtlink.notifications.mail.letters import Letter
from midtlink.notifications.mail.notice_letters import notice_letter
from midtlink.notifications.mail.rules import ABOUT_ACCESS, DIGESTS
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
        self.unwritten = {mail.id: mail.purpose for mail in mails}
        self.contents: Mapping[int, Content] = {}
        self.overviews: Mapping[int, Overview] = {}
        self.read_at: datetime | None = None

    def write(self, mail: OutgoingMail) -> Written | None:
        """Return the letter of a mail; None where nothing is left to say."""
        person = mail.person
        with force_locale(person.language):
            if mail.purpose in ABOUT_ACCESS:
                return Written(access_letter(person, mail.purpose), ())
            self._read()
            del self.unwritten[mail.id]
            content = self.contents[mail.id]
            letter = self._letter(mail, person, content)
        return Written(letter, content.notice_ids) if letter else None

    def _letter(self, mail: OutgoingMail, person: Person, content: Content) -> Letter | None:
        told, language = content.told, person.language
        if mail.purpose in DIGESTS:
            overview = self.overviews.get(mail.id, Overview())
            return digest_letter(person.id, mail.purpose, told, overview, language=language)
        return notice_letter(person.id, told, language=language) if told else None

    def _read(self) -> None:
        """Read what the mails say that are not written yet, unless that was done just now."""
        now = clock.now()
        if self.read_at is None or now - self.read_at > FRESH:
            ids = list(self.unwritten)
            self.contents, self.overviews = contents_of(ids), overviews_by_mail(ids)
            self.read_at = now
