"""Choosing for each notice which mail it goes by, if any: a lane of the sweeper."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select, update

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.queueing import Planned, attach, queue
from midtlink.notifications.mail.rules import (
    COLLECTED,
    NOTICE,
    ROUTED_AT_ONCE,
    end_of_hour,
    held_until,
)
from midtlink.notifications.models import Notice, NoticeChoice, NoticeSettings
from midtlink.notifications.rules import IMMEDIATE, KINDS, OFF
from midtlink.people.models import Person

NOTICES: Any = Notice.__table__


def route_waiting() -> bool:
    """Route some of the notices that wait for it, and say whether more do."""
    return in_transaction(_route) == ROUTED_AT_ONCE


def _route() -> int:
    notices = _list_unrouted()
    planned = {each.id: mail for each in notices if (mail := _plan(each))}
    mails = queue(planned.values())
    by_mail = {each: mails[mail.key] for each, mail in planned.items()}
    if notices:
        _mark([each.id for each in notices], by_mail)
    return len(notices)


def _list_unrouted() -> Sequence[Any]:
    """Load notices with what decides their way: choice, address, hours."""
    chosen = (NoticeChoice.person_id == Notice.person_id) & (NoticeChoice.kind == Notice.kind)
    statement = (
        select(
            *(NOTICES.c[name] for name in ("id", "person_id", "kind", "question_id", "count")),
            (Notice.read_at.is_not(None) | Notice.is_away).label("is_done"),
            NoticeChoice.mode,
            (Person.is_active & Person.email.is_not(None)).label("has_address"),
            NoticeSettings.refused_at,
            NoticeSettings.quiet_from,
            NoticeSettings.quiet_to,
            NoticeSettings.paused_until,
        )
        .join(Person, Person.id == Notice.person_id)
        .outerjoin(NoticeChoice, chosen)
        .outerjoin(NoticeSettings, NoticeSettings.person_id == Notice.person_id)
        .where(Notice.routed_at.is_(None))
        .order_by(Notice.id)
        .limit(ROUTED_AT_ONCE)
        .with_for_update(of=Notice, skip_locked=True)
    )
    return db.session.execute(statement).all()


def _plan(notice: Any) -> Planned | None:
    """Return the mail that a notice goes by; none where it waits for a digest or is not mailed."""
    if notice.is_done or notice.refused_at or not notice.has_address or not configuration.is_on():
        return None
    mode = notice.mode or (KINDS[notice.kind].mode if notice.kind in KINDS else OFF)
    if mode == IMMEDIATE:
        # What is counted is news again when there is more of it.
        key = f"{NOTICE}:{notice.id}:{notice.count}"
        return _planned(notice, NOTICE, key, clock.now())
    if mode == COLLECTED:
        ends = end_of_hour(clock.now())
        key = f"{COLLECTED}:{notice.person_id}:{notice.question_id or 0}:{ends:%Y%m%d%H}"
        return _planned(notice, COLLECTED, key, ends)
    return None


def _planned(notice: Any, purpose: str, key: str, moment: Any) -> Planned:
    due_at = held_until(
        moment,
        quiet_from=notice.quiet_from,
        quiet_to=notice.quiet_to,
        paused_until=notice.paused_until,
    )
    return Planned(key, notice.person_id, purpose, due_at, notice.question_id)


def _mark(ids: list[int], by_mail: dict[int, int]) -> None:
    """Note that the notices are routed, and by which mail each goes."""
    now = clock.now()
    routed = update(NOTICES).where(NOTICES.c.id.in_(ids))
    db.session.execute(routed.values(routed_at=now, mail_id=None))
    attach(by_mail)
