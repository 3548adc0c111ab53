"""Preparing digests: who gets one, and which notices go by it.

What it says is read when it is sent.
One digest of a kind waits for a person at most: after an outage the next one joins it.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, insert, literal, or_, select, update

from midtlink import clock
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.digests.overviews import overviews_of
from midtlink.notifications.digests.rules import (
    NOTICES_SINCE,
    PERIOD,
    PREPARED_AT_ONCE,
    column_of,
    last_slot,
)
from midtlink.notifications.mail import configuration
from midtlink.notifications.mail.queueing import Planned, attach, queue
from midtlink.notifications.mail.rules import DIGESTS, WEEKLY, held_until
from midtlink.notifications.models import Notice, NoticeChoice, NoticeSettings, is_new
from midtlink.notifications.records import WAITING, OutgoingMail
from midtlink.notifications.rules import KINDS, OFF, OVERVIEW
from midtlink.people.models import Person

NOTICES: Any = Notice.__table__
SETTINGS: Any = NoticeSettings.__table__


def prepare_digests() -> bool:
    """Prepare some of the digests that are due, and say whether more are."""
    _enrol()
    has_more = [in_transaction(partial(_prepare, cadence)) for cadence in DIGESTS]
    return any(has_more)


def _enrol() -> None:
    """Let who is new get the next digests, and not those of before."""
    has_settings = exists().where(SETTINGS.c.person_id == Person.id)
    unknown = and_(Person.is_active, Person.email.is_not(None), ~has_settings)
    unmarked = or_(SETTINGS.c.daily_at.is_(None), SETTINGS.c.weekly_at.is_(None))
    if db.session.scalar(select(or_(exists().where(unknown), exists().where(unmarked)))):
        in_transaction(lambda: _mark_new(unknown))


def _mark_new(unknown: ColumnElement[bool]) -> None:
    now = clock.now()
    moment = literal(now, SETTINGS.c.daily_at.type)
    people = select(Person.id, literal(""), moment, moment).where(unknown)
    columns = ["person_id", "refusal", "daily_at", "weekly_at"]
    db.session.execute(insert(SETTINGS).from_select(columns, people))
    for cadence in DIGESTS:
        column = SETTINGS.c[column_of(cadence)]
        db.session.execute(update(SETTINGS).where(column.is_(None)).values({column: now}))


def _prepare(cadence: str) -> bool:
    """Prepare the digests of some people; True when others are due too."""
    now = clock.now()
    people = _list_due(cadence, last_slot(cadence, now))
    reached = {row.person_id: row for row in people if row.is_reached}
    if reached and configuration.is_on():
        _make(cadence, reached, now)
    ids = [row.person_id for row in people]
    marked = update(SETTINGS).where(SETTINGS.c.person_id.in_(ids))
    db.session.execute(marked.values({column_of(cadence): now}))
    return len(people) == PREPARED_AT_ONCE


def _list_due(cadence: str, slot: datetime) -> Sequence[Any]:
    is_reached = and_(Person.is_active, Person.email.is_not(None), SETTINGS.c.refused_at.is_(None))
    statement = (
        select(SETTINGS, is_reached.label("is_reached"))
        .join(Person, Person.id == SETTINGS.c.person_id)
        .where(SETTINGS.c[column_of(cadence)] < slot)
        .order_by(SETTINGS.c.person_id)
        .limit(PREPARED_AT_ONCE)
        .with_for_update(of=SETTINGS, skip_locked=True)
    )
    return db.session.execute(statement).all()


def _make(cadence: str, people: dict[int, Any], now: datetime) -> None:
    """Make the digests of people who have something to be told."""
    notices = _list_notices(cadence, people)
    wanted = set(notices)
    if cadence == WEEKLY:
        overviews = overviews_of(list(overview_readers(people)), now - PERIOD)
        wanted |= {person_id for person_id, each in overviews.items() if not each.is_empty}
    mails = _waiting(cadence, wanted)
    planned = {
        person_id: _planned(cadence, people[person_id], now)
        for person_id in sorted(wanted - set(mails))
    }
    made = queue(planned.values())
    mails |= {person_id: made[each.key] for person_id, each in planned.items()}
    by_mail = {each: mails[person_id] for person_id, ids in notices.items() for each in ids}
    attach(by_mail)


def overview_readers(person_ids: Collection[int]) -> set[int]:
    """Return which of the people want the overview of the week."""
    is_off = NoticeChoice.kind == OVERVIEW, NoticeChoice.mode == OFF
    off = select(NoticeChoice.person_id).where(NoticeChoice.person_id.in_(person_ids), *is_off)
    return set(person_ids) - set(db.session.scalars(off))


def _planned(cadence: str, settings: Any, now: datetime) -> Planned:
    due_at = held_until(
        now,
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        paused_until=settings.paused_until,
    )
    key = f"{cadence}:{settings.person_id}:{now:%Y%m%d%H%M%S}"
    return Planned(key, settings.person_id, cadence, due_at)


def _list_notices(cadence: str, person_ids: Collection[int]) -> dict[int, list[int]]:
    """Return the unread notices that wait for such a digest, by person."""
    defaults = [kind.key for kind in KINDS.values() if kind.mode == cadence]
    choice = and_(
        NoticeChoice.person_id == NOTICES.c.person_id, NoticeChoice.kind == NOTICES.c.kind
    )
    by_default = and_(NoticeChoice.mode.is_(None), NOTICES.c.kind.in_(defaults))
    statement = (
        select(NOTICES.c.person_id, NOTICES.c.id)
        .outerjoin(NoticeChoice, choice)
        .where(NOTICES.c.person_id.in_(person_ids), is_new(NOTICES.c))
        .where(NOTICES.c.routed_at.is_not(None), NOTICES.c.mail_id.is_(None))
        .where(NOTICES.c.happened_at > clock.now() - NOTICES_SINCE)
        .where(or_(NoticeChoice.mode == cadence, by_default))
        .order_by(NOTICES.c.id)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for row in db.session.execute(statement):
        found[row.person_id].append(row.id)
    return found


def _waiting(cadence: str, person_ids: Collection[int]) -> dict[int, int]:
    """Return the digests that still wait for people."""
    mails: Any = OutgoingMail.__table__
    is_waiting = mails.c.state == WAITING, mails.c.purpose == cadence
    statement = select(mails.c.person_id, mails.c.id).where(*is_waiting)
    of_people = statement.where(mails.c.person_id.in_(person_ids))
    return {row.person_id: row.id for row in db.session.execute(of_people)}
