"""How often a person may report, edit, suggest or react: generous, but not a machine's pace."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from midtlink import clock
from midtlink.events import hold
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.records import Flag, Revision, SuggestedEdit
from midtlink.questions.rules import PACE_MINUTES, PACES
from midtlink.refusals import TooMany

#: Of what is paced: who did it, and when.
DONE: dict[str, tuple[Any, Any]] = {
    "flags": (Flag.by_id, Flag.raised_at),
    "edits": (Revision.by_id, Revision.made_at),
    "suggestions": (SuggestedEdit.by_id, SuggestedEdit.suggested_at),
}


def keep_pace(what: str, by: Person) -> None:
    """Refuse whoever does more than anybody should. Raises TooMany. Call before writing a row."""
    hold(f"questions.{what}.{by.id}")
    person_id, done_at = DONE[what]
    moment = clock.now()
    since = moment - timedelta(minutes=PACE_MINUTES)
    lately = person_id == by.id, done_at > since, done_at <= moment
    if (db.session.scalar(select(func.count()).where(*lately)) or 0) >= PACES[what]:
        raise TooMany(what)
