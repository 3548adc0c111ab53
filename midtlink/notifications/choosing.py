"""Choosing how and when one is mailed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.notifications.events import NoticesChosen
from midtlink.notifications.models import NoticeChoice, NoticeSettings
from midtlink.notifications.rules import KINDS
from midtlink.people.models import Person
from midtlink.refusals import BadInput

#: The hours that mail can be held between.
HOURS = range(24)


def choose_modes(modes: Mapping[str, str], *, by: Person | None) -> None:
    """Choose how one is mailed of some kinds (rules.KINDS and their modes). Raises BadInput."""
    with transaction():
        person_id = _own(by)
        if any(kind not in KINDS or mode not in KINDS[kind].modes for kind, mode in modes.items()):
            raise BadInput("mode")
        mine = NoticeChoice.person_id == person_id, NoticeChoice.kind.in_(list(modes))
        db.session.execute(delete(NoticeChoice).where(*mine))
        moment = clock.now()
        chosen = {kind: mode for kind, mode in modes.items() if mode != KINDS[kind].mode}
        db.session.add_all(
            NoticeChoice(person_id=person_id, kind=kind, mode=mode, chosen_at=moment)
            for kind, mode in chosen.items()
        )
        publish(NoticesChosen(by_id=person_id))


def choose_hours(quiet_from: int | None, quiet_to: int | None, *, by: Person | None) -> None:
    """Hold mail between two hours of the day, over midnight too; None and None: never."""
    with transaction():
        row = _settings(_own(by))
        hours = (quiet_from, quiet_to)
        is_whole = all(hour in HOURS for hour in hours) and quiet_from != quiet_to
        if hours != (None, None) and not is_whole:
            raise BadInput("quiet_from")
        row.quiet_from, row.quiet_to = hours
        publish(NoticesChosen(by_id=row.person_id))


def pause(until: datetime | None, *, by: Person | None) -> None:
    """Hold all mail until a moment, as on holiday; None ends the pause."""
    with transaction():
        row = _settings(_own(by))
        row.paused_until = until
        publish(NoticesChosen(by_id=row.person_id))


def try_address_again(*, by: Person | None) -> None:
    """Let mail be sent again to an address that was refused for good."""
    with transaction():
        row = _settings(_own(by))
        row.refused_at, row.refusal = None, ""
        publish(NoticesChosen(by_id=row.person_id))


def _own(by: Person | None) -> int:
    if by is None or not by.is_active:
        raise NotAllowed(by, "choose notices")
    hold(f"notices.choosing.{by.id}")
    return by.id


def _settings(person_id: int) -> NoticeSettings:
    row = db.session.get(NoticeSettings, person_id)
    if row is None:
        row = NoticeSettings(person_id=person_id)
        db.session.add(row)
    return row
