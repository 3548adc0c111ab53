"""Counting views and remembering visits: kept in memory and written in batches.

Written one by one they would be most of all writes.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Integer, case, column, select, true, update, values

from midtlink import clock, flushing
from midtlink.events import in_transaction, publish
from midtlink.extensions import db, upsert
from midtlink.people.models import Person
from midtlink.questions.events import ThreadsVisited
from midtlink.questions.models import Question
from midtlink.questions.records import ThreadVisit
from midtlink.questions.rules import ONE_VISIT

#: Seconds within which a person's second look at a question is not a view.
ONE_VIEW = ONE_VISIT.total_seconds()
#: Views, or visits, after which what waits is written at once.
MOST_WAITING = 500
#: Looks remembered at once; beyond it the old ones are forgotten first.
MOST_REMEMBERED = 50_000
#: Visits that one statement writes.
BATCH = 1_000

VISITS: Any = ThreadVisit.__table__
#: The newest look of a person (the second id) at a question (the first).
Looks = dict[tuple[int, int], datetime]


class Waiting(NamedTuple):
    """What is not written yet."""

    views: Counter[int]
    looks: Looks


class Views:
    """The views and visits of one process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting = Waiting(Counter(), {})
        self._looked: dict[tuple[int, int], float] = {}
        self.is_full = threading.Event()

    def add(self, question_id: int, person_id: int) -> None:
        """Remember a look, and count it if it is the person's first for a while."""
        look, seconds, moment = (question_id, person_id), time.monotonic(), clock.now()
        with self._lock:
            self._waiting.looks[look] = moment
            if seconds - self._looked.get(look, float("-inf")) >= ONE_VIEW:
                self._count(look, seconds)
            if max(self._waiting.views.total(), len(self._waiting.looks)) >= MOST_WAITING:
                self.is_full.set()

    def _count(self, look: tuple[int, int], seconds: float) -> None:
        self._looked.pop(look, None)
        self._looked[look] = seconds
        if len(self._looked) > MOST_REMEMBERED:
            del self._looked[next(iter(self._looked))]
        self._waiting.views[look[0]] += 1

    def take(self) -> Waiting:
        """Hand over what is waiting."""
        with self._lock:
            taken, self._waiting = self._waiting, Waiting(Counter(), {})
            self.is_full.clear()
            return taken

    def give_back(self, taken: Waiting) -> None:
        """Let views and visits wait again that could not be written."""
        with self._lock:
            newer = self._waiting
            self._waiting = Waiting(newer.views + taken.views, taken.looks | newer.looks)

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._waiting, self._looked = Waiting(Counter(), {}), {}


views = Views()


def count_view(question_id: int, person_id: int) -> None:
    """Remember a look at a question, and count one for each person in ten minutes.

    Writes nothing itself.
    """
    views.add(question_id, person_id)


def flush_views() -> None:
    """Write what waits, in one transaction; what cannot be written goes on waiting."""
    taken = views.take()
    if not taken.looks:
        return
    try:
        in_transaction(lambda: _write(taken))
    except Exception:
        views.give_back(taken)
        raise


def start(app: flushing.HasContext) -> None:
    """Write views every few seconds from now on, and once more when the process ends."""
    flushing.start(app, "views", flush_views, views.is_full)


def _write(taken: Waiting) -> None:
    """Write in the order of ids, so that two processes never wait for each other in a circle."""
    for question_id, number in sorted(taken.views.items()):
        seen = update(Question).where(Question.id == question_id)
        db.session.execute(
            seen.values(view_count=Question.view_count + number),
            execution_options={"synchronize_session": False},
        )
    for looks in _batches(taken.looks):
        rows = db.session.execute(_remembering(looks))
        if visits := tuple(sorted(tuple(row) for row in rows)):
            publish(ThreadsVisited(by_id=None, visits=visits))


def _batches(looks: Looks) -> Iterator[list[tuple[int, int, datetime]]]:
    rows = sorted((person, question, moment) for (question, person), moment in looks.items())
    for start in range(0, len(rows), BATCH):
        yield rows[start : start + BATCH]


def _remembering(looks: list[tuple[int, int, datetime]]) -> Any:
    """Write the newest looks in one statement, of people and threads that are still there.

    A look after a pause begins a new visit, and what was the last look of the visit before is
    kept beside it.
    """
    moment = VISITS.c.seen_at.type
    look = values(
        column("person_id", Integer),
        column("question_id", Integer),
        column("seen_at", moment),
        column("pause_since", moment),
        name="look",
    ).data([(*each, each[2] - ONE_VISIT) for each in looks])
    adding = upsert(VISITS).from_select(
        ("person_id", "question_id", "seen_at", "seen_before_at"), _visits(look.cte("look").c)
    )
    fresh = adding.excluded
    return adding.on_conflict_do_update(
        index_elements=[VISITS.c.person_id, VISITS.c.question_id],
        set_={"seen_at": fresh.seen_at, "seen_before_at": fresh.seen_before_at},
        where=fresh.seen_at > VISITS.c.seen_at,
    ).returning(VISITS.c.person_id, VISITS.c.question_id, VISITS.c.seen_at)


def _visits(look: Any) -> Any:
    known = VISITS.alias("known")
    is_new_visit = known.c.seen_at < look.pause_since
    before = case((is_new_visit, known.c.seen_at), else_=known.c.seen_before_at)
    is_known = (known.c.person_id == look.person_id) & (known.c.question_id == look.question_id)
    return (
        select(look.person_id, look.question_id, look.seen_at, before)
        .join(Person, Person.id == look.person_id)
        .join(Question, Question.id == look.question_id)
        .outerjoin(known, is_known)
        .where(true())
        .order_by(look.person_id, look.question_id)
    )
