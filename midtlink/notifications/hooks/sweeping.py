"""The lane of hooks: a few calls at once, one for each hook, in the order of what happened."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.notifications.hooks import subscribers
from midtlink.notifications.hooks.calling import Answer
from midtlink.notifications.hooks.rules import MOST_AT_ONCE, MOST_IN_A_STEP
from midtlink.notifications.hooks.sending import Job, list_due, note, run, take
from midtlink.sweeper import keep_lease, lane

__all__ = ["subscribers"]  # Listens too, as soon as it is imported.

#: Seconds between two looks for what is due, while calls are running.
LOOK = 1.0


@lane("hooks", every=2)
def send_waiting() -> bool:
    """Send what is due; a receiver that is slow holds up its own deliveries alone."""
    running: dict[Future[Answer], Job] = {}
    count = 0
    with ThreadPoolExecutor(MOST_AT_ONCE, thread_name_prefix="hook") as calls:
        while True:
            due = _find_due(running.values(), MOST_IN_A_STEP - count)
            count += len(due)
            for job in _take(due):
                running[calls.submit(run, job)] = job
            if not due and not running:
                return count >= MOST_IN_A_STEP
            _note_done(running)
            keep_lease()


def _find_due(running: Collection[Job], most: int) -> Sequence[int]:
    limit = min(MOST_AT_ONCE - len(running), most)
    if limit <= 0:
        return ()
    due = list_due(without={job.hook_id for job in running}, limit=limit)
    db.session.rollback()  # Ends the read transaction while calls are running.
    return due


def _take(due: Sequence[int]) -> Iterator[Job]:
    for delivery_id in due:
        if job := in_transaction(lambda: take(delivery_id)):  # noqa: B023 - called at once
            yield job


def _note_done(running: dict[Future[Answer], Job]) -> None:
    done, _ = wait(running, timeout=LOOK, return_when=FIRST_COMPLETED)
    for future in done:
        job = running.pop(future)
        in_transaction(lambda: note(job.delivery_id, future.result()))  # noqa: B023 - called at once
