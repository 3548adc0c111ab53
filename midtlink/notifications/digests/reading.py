"""Reading what the overviews of weekly digests say at the moment when they are sent."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select

from midtlink.extensions import db
from midtlink.notifications.digests.overviews import Overview, overviews_of
from midtlink.notifications.digests.preparing import overview_readers
from midtlink.notifications.digests.rules import PERIOD
from midtlink.notifications.mail.rules import WEEKLY
from midtlink.notifications.records import OutgoingMail

MAILS: Any = OutgoingMail.__table__


def overviews_by_mail(mail_ids: Collection[int]) -> dict[int, Overview]:
    """Return the overview of each weekly digest among the mails.

    It covers the week before the digest was made and what has happened since.
    """
    of_person = {row.person_id: row for row in _list_weekly(mail_ids)}
    days: dict[datetime, list[int]] = defaultdict(list)
    for person_id in overview_readers(of_person):
        days[of_person[person_id].made_at.replace(minute=0, second=0, microsecond=0)].append(
            person_id
        )
    found: dict[int, Overview] = {}
    for made_at, person_ids in days.items():
        overviews = overviews_of(person_ids, made_at - PERIOD)
        found |= {of_person[person_id].id: each for person_id, each in overviews.items()}
    return found


def _list_weekly(mail_ids: Collection[int]) -> Any:
    columns = MAILS.c.id, MAILS.c.person_id, MAILS.c.made_at
    is_weekly = MAILS.c.id.in_(mail_ids), MAILS.c.purpose == WEEKLY
    return db.session.execute(select(*columns).where(*is_weekly)).all()
