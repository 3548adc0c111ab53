"""Putting mails into the outbox. What is put there twice is there once."""

import secrets
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select, update

from midtlink import clock
from midtlink.extensions import db, upsert
from midtlink.notifications.mail import configuration
from midtlink.notifications.models import Notice
from midtlink.notifications.records import WAITING, OutgoingMail

MAILS: Any = OutgoingMail.__table__
NOTICES: Any = Notice.__table__


class Planned(NamedTuple):
    """A mail that is to be made."""

    key: str
    person_id: int
    purpose: str
    due_at: datetime
    question_id: int | None = None


def queue(planned: Iterable[Planned]) -> Mapping[str, int]:
    """Make the mails whose keys are free; return the ids of all that have one of the keys."""
    wanted = {each.key: each for each in planned}
    if not wanted:
        return {}
    rows = [_row(each) for each in wanted.values()]
    db.session.execute(upsert(MAILS).on_conflict_do_nothing(index_elements=[MAILS.c.key]), rows)
    return _ids_of(wanted)


def attach(mails: Mapping[int, int]) -> None:
    """Let notices go by mails: the mail's id by that of the notice."""
    if mails:
        with_mail = update(NOTICES).where(NOTICES.c.id == bindparam("notice"))
        rows = [{"notice": each, "mail_id": mail_id} for each, mail_id in mails.items()]
        db.session.execute(with_mail, rows)


def _ids_of(keys: Collection[str]) -> dict[str, int]:
    found = select(MAILS.c.key, MAILS.c.id).where(MAILS.c.key.in_(keys))
    return {row.key: row.id for row in db.session.execute(found)}


def _row(planned: Planned) -> dict[str, Any]:
    return {
        **planned._asdict(),
        "message_id": f"{secrets.token_hex(16)}@{configuration.host()}",
        "made_at": clock.now(),
        "next_at": planned.due_at,
        "state": WAITING,
        "attempts": 0,
        "error": "",
    }
