"""How often a person may do the same thing: generous, but not a machine's pace."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from midtlink import clock
from midtlink.events import hold
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.records import Acceptance, Deletion, Flag, Revision, SuggestedEdit
from midtlink.questions.rules import PACE_MINUTES, PACES
from midtlink.refusals import TooMany

#: Of what is paced: who did it, and when.
DONE: dict[str, tuple[Any, Any]] = {
    "flags": (Flag.by_id, Flag.raised_at),
    "edits": (Revision.by_id, Revision.made_at),
    "suggestions": (SuggestedEdit.by_id, SuggestedEdit.suggested_at),
    "acceptances": (Acceptance.by_id, Acceptance.accepted_at),
    "deletions": (Deletion.by_id, Deletion.deleted_at),
}


def keep_pace(what: str, by: Person, done: tuple[Any, Any] | None = None) -> None:
    """Refuse whoever does more than anybody should. Raises TooMany. Call before writing a row.

    `done` are the columns of a later domain's rows that say who did it, and when.
    """
    hold(f"questions.{what}.{by.id}")
    person_id, done_at = done or DONE[what]
    moment = clock.now()
    since = moment - timedelta(minutes=PACE_MINUTES)
    lately = person_id == by.id, done_at > since, done_at <= moment
    if (db.session.scalar(select(func.count()).where(*lately)) or 0) >= PACES[what]:
        raise TooMany(what)
