"""Counting views: kept in memory and written in batches, or they would be most of all writes."""

import threading
import time
from collections import Counter

from sqlalchemy import update

from midtlink import flushing
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Question

#: Seconds within which a person's second look at a question is not a view.
ONE_VIEW = 600.0
#: Views after which what was counted is written at once.
MOST_WAITING = 500
#: Looks remembered at once; beyond it the old ones are forgotten first.
MOST_REMEMBERED = 50_000


class Views:
    """The views of one process that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiting: Counter[int] = Counter()
        self._looked: dict[tuple[int, int], float] = {}
        self.is_full = threading.Event()

    def add(self, question_id: int, person_id: int) -> None:
        """Count a look, if it is the person's first for a while."""
        look, moment = (question_id, person_id), time.monotonic()
        with self._lock:
            if moment - self._looked.get(look, float("-inf")) < ONE_VIEW:
                return
            self._looked.pop(look, None)
            self._looked[look] = moment
            if len(self._looked) > MOST_REMEMBERED:
                del self._looked[next(iter(self._looked))]
            self._waiting[question_id] += 1
            if self._waiting.total() >= MOST_WAITING:
                self.is_full.set()

    def take(self) -> Counter[int]:
        """Hand over what is waiting."""
        with self._lock:
            taken, self._waiting = self._waiting, Counter()
            self.is_full.clear()
            return taken

    def give_back(self, taken: Counter[int]) -> None:
        """Let views wait again that could not be written."""
        with self._lock:
            self._waiting += taken

    def forget(self) -> None:
        """Begin anew."""
        with self._lock:
            self._waiting, self._looked = Counter(), {}


views = Views()


def count_view(question_id: int, person_id: int) -> None:
    """Count a look at a question: one for each person in ten minutes. Writes nothing itself."""
    views.add(question_id, person_id)


def flush_views() -> None:
    """Write the views that wait, in one transaction; what cannot be written goes on waiting."""
    taken = views.take()
    if not taken:
        return
    try:
        in_transaction(lambda: _write(taken))
    except Exception:
        views.give_back(taken)
        raise


def start(app: flushing.HasContext) -> None:
    """Write views every few seconds from now on, and once more when the process ends."""
    flushing.start(app, "views", flush_views, views.is_full)


def _write(taken: Counter[int]) -> None:
    """Add up in the order of ids, so that two processes never wait for each other in a circle."""
    for question_id, number in sorted(taken.items()):
        seen = update(Question).where(Question.id == question_id)
        db.session.execute(
            seen.values(view_count=Question.view_count + number),
            execution_options={"synchronize_session": False},
        )
