"""The number in the search box: how many answers there are to search."""

import time

from sqlalchemy import Select, func, select

from midtlink.extensions import db
from midtlink.questions.models import ANSWER, Post

#: Seconds that a number may be old; each process counts for itself.
KEPT = 60.0
_counted: dict[str, tuple[float, int]] = {}


def answers_shown() -> int:
    """Return the number of answers that everyone may see, at most a minute old."""
    database = str(db.engine.url)
    at, number = _counted.get(database, (float("-inf"), 0))
    if time.monotonic() - at >= KEPT:
        number = db.session.scalar(_statement()) or 0
        _counted[database] = (time.monotonic(), number)
    return number


def forget() -> None:
    """Count anew at the next look."""
    _counted.clear()


def _statement() -> Select[int]:
    shown = (Post.kind == ANSWER, Post.hidden_at.is_(None), Post.deleted_at.is_(None))
    return select(func.count()).select_from(Post).where(*shown)
