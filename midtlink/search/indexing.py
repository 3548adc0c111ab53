"""Bringing the index up to the database: a batch of what waits, or all of it anew."""

import contextlib
import logging
from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import delete, select, update

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.models import Question
from midtlink.search.documents import all_documents, documents
from midtlink.search.engine import engine
from midtlink.search.models import SearchEntry
from midtlink.search.protocol import Document, IndexUnavailable, Writing
from midtlink.search.queueing import queue_missing
from midtlink.search.rules import BATCH, MOST_FAILURES

log = logging.getLogger(__name__)
#: An entry as it was when its thread was read: the question's id and the version.
Seen = tuple[int, int]


def index_waiting() -> int:
    """Bring one batch of waiting threads into the index; return how many there were.

    Raises IndexUnavailable, and then everything goes on waiting.
    """
    seen = _waiting()
    if seen:
        write(seen, engine())
        in_transaction(lambda: _mark(seen))
    return len(seen)


def write(seen: Sequence[Seen], index: Writing) -> None:
    """Put the threads into an index as they are now, or drop them from it."""
    ids = [question_id for question_id, _ in seen]
    found = _bearable(ids)
    index.put(found)
    index.drop(set(ids) - {document.id for document in found})


def rebuild(on_progress: Callable[[int], None] = lambda _count: None) -> int:
    """Build a new index beside the running one, swap, and return how many threads it holds.

    What changes meanwhile waits as ever; the difference is put right before the swap.
    """
    in_transaction(queue_missing)
    removed = _removed()
    count = engine().rebuild(_flowing(on_progress), finish=catch_up)
    in_transaction(lambda: _settle(removed))
    return count


def removed_waits() -> bool:
    """Say whether the index's files still hold words of texts that were removed for ever."""
    return bool(_removed())


def build_if_missing() -> None:
    """Build the index where there is none that works; what fails is left to the sweeper."""
    if engine().needs_rebuild():
        with contextlib.suppress(IndexUnavailable):
            rebuild()


def catch_up(index: Writing, versions: Iterator[Seen]) -> None:
    """Put right what an index, about to be swapped in, holds in another version than it should."""
    db.session.rollback()
    held = dict(versions)
    entries = db.session.execute(select(SearchEntry.question_id, SearchEntry.version)).all()
    wanted: dict[int, int] = dict(entries)
    differing = [(id, version) for id, version in wanted.items() if held.get(id) != version]
    for start in range(0, len(differing), BATCH):
        write(differing[start : start + BATCH], index)
    index.drop(held.keys() - wanted.keys())


def _removed() -> list[Seen]:
    db.session.rollback()
    statement = select(SearchEntry.question_id, SearchEntry.version)
    return [(row[0], row[1]) for row in db.session.execute(statement.where(SearchEntry.is_removed))]


def _settle(removed: Sequence[Seen]) -> None:
    """Note that nothing is left of what had been removed before the index was built anew."""
    for question_id, version in removed:
        entry = update(SearchEntry).where(SearchEntry.question_id == question_id)
        db.session.execute(entry.where(SearchEntry.version == version).values(is_removed=False))
    _forget_gone()


def _waiting() -> list[Seen]:
    db.session.rollback()  # The next statement sees what has been saved until now.
    waits = SearchEntry.indexed < SearchEntry.version, SearchEntry.failures < MOST_FAILURES
    statement = select(SearchEntry.question_id, SearchEntry.version).where(*waits)
    order = (SearchEntry.queued_at, SearchEntry.question_id)
    return [(row[0], row[1]) for row in db.session.execute(statement.order_by(*order).limit(BATCH))]


def _bearable(ids: list[int]) -> list[Document]:
    """Return the documents of the threads; one that cannot be made costs only itself."""
    try:
        return documents(ids)
    except Exception:
        db.session.rollback()
        return [document for id in ids for document in _document_or_none(id)]


def _document_or_none(question_id: int) -> list[Document]:
    try:
        return documents([question_id])
    except Exception:
        log.exception("question %s cannot be indexed", question_id)
        failed = update(SearchEntry).where(SearchEntry.question_id == question_id)
        more = failed.values(failures=SearchEntry.failures + 1)
        in_transaction(lambda: db.session.execute(more))
        return []


def _mark(seen: Sequence[Seen]) -> None:
    """Note what the index holds now. A thread that has changed meanwhile goes on waiting."""
    for question_id, version in seen:
        entry = update(SearchEntry).where(SearchEntry.question_id == question_id)
        unchanged = entry.where(SearchEntry.version == version, SearchEntry.failures == 0)
        db.session.execute(unchanged.values(indexed=version, is_withdrawn=False))
    _forget_gone([question_id for question_id, _ in seen])


def _forget_gone(ids: Sequence[int] | None = None) -> None:
    """Forget the entries whose threads have left the database."""
    gone = SearchEntry.question_id.not_in(select(Question.__table__.c.id))
    statement = delete(SearchEntry).where(gone, SearchEntry.indexed == SearchEntry.version)
    if ids is not None:
        statement = statement.where(SearchEntry.question_id.in_(ids))
    db.session.execute(statement, execution_options={"synchronize_session": False})


def _flowing(on_progress: Callable[[int], None]) -> Iterator[Document]:
    count = 0
    for some in all_documents(BATCH):
        yield from some
        count += len(some)
        on_progress(count)
