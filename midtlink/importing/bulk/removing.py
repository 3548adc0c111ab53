"""Drop what a later dump no longer has, unless a colleague has touched it here."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import delete, select, update

from midtlink.events import hold, in_transaction, publish
from midtlink.extensions import db
from midtlink.importing import rules
from midtlink.importing.bulk import states
from midtlink.importing.bulk.converging import parts
from midtlink.importing.bulk.lookups import lock_threads
from midtlink.importing.bulk.tables import people, posts, questions
from midtlink.importing.bulk.touching import named_here, touched_here
from midtlink.importing.models import ImportedBadge
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch
from midtlink.people.events import PeopleDropped
from midtlink.questions.events import ImportDropped, Imported
from midtlink.questions.models import ANSWER, COMMENT, QUESTION, question_tags
from midtlink.questions.records import Acceptance, Closure, PostLink, Reaction, Revision

PAGE = 1_000
#: Given kind and keys: those of them that the source still has.
Known = Callable[[str, list[str]], set[str]]


def known_in(scratch: Scratch) -> Known:
    """Return the question whether a staged dump holds a post."""

    def known(kind: str, keys: list[str]) -> set[str]:
        table = "Comments" if kind == COMMENT else "Posts"
        return {str(key) for key in scratch.known(table, [int(key) for key in keys])}

    return known


def sweep_posts(origin: str, known: Known) -> Report:
    """Drop whole threads first, then answers with their comments, then comments.

    A post that is gone takes what hangs on it along; if any of that was touched, all of it stays.
    """
    report = Report()
    for kind in (QUESTION, ANSWER, COMMENT):
        for page in _pages(origin, kind):
            for part in parts(_roots(kind, page, known), 100):
                report.add(in_transaction(lambda: _drop(origin, kind, part)))  # noqa: B023
    return report


def sweep_people(scratch: Scratch, origin: str) -> Report:
    """Drop the people whom the dump no longer has and whom nothing names."""
    report = Report()
    last = 0
    while page := _people_page(origin, last):
        last = page[-1].id
        known = scratch.known("Users", [int(row.origin_key) for row in page])
        gone = [row for row in page if int(row.origin_key) not in known]
        if gone:
            report.add(in_transaction(lambda: _drop_people(gone)))  # noqa: B023
    return report


def _pages(origin: str, kind: str) -> Iterator[Sequence[Any]]:
    parent, thread = posts.alias("parent"), posts.alias("thread")
    last = 0
    while True:
        statement = (
            select(
                posts.c.id,
                posts.c.origin_key,
                posts.c.thread_id,
                parent.c.kind.label("parent_kind"),
                parent.c.origin_key.label("parent_key"),
                thread.c.origin_key.label("thread_key"),
            )
            .outerjoin(parent, parent.c.id == posts.c.parent_id)
            .outerjoin(thread, thread.c.id == posts.c.thread_id)
            .where(posts.c.origin == origin, posts.c.kind == kind, posts.c.id > last)
            .order_by(posts.c.id)
            .limit(PAGE)
        )
        page = db.session.execute(statement).all()
        db.session.rollback()
        if not page:
            return
        last = page[-1].id
        yield page


def _roots(kind: str, page: Sequence[Any], known: Known) -> list[Any]:
    """Return the rows that are gone and hang on nothing that is gone too."""
    present = known(kind, [row.origin_key for row in page])
    gone = [row for row in page if row.origin_key not in present]
    above: dict[str, set[str]] = defaultdict(set)
    for row in gone:
        if row.thread_id is not None:
            above[QUESTION].add(row.thread_key)
        if row.parent_kind:
            above[row.parent_kind].add(row.parent_key)
    there = {each: known(each, sorted(keys)) for each, keys in above.items()}
    return [
        row
        for row in gone
        if (row.thread_id is None or row.thread_key in there[QUESTION])
        and (not row.parent_kind or row.parent_key in there[row.parent_kind])
    ]


def _drop(origin: str, kind: str, roots: Sequence[Any]) -> Report:
    hold(f"import.{origin}")
    report = Report()
    lock_threads({row.thread_id or row.id for row in roots})
    below = _below(kind, [row.id for row in roots])
    touched = touched_here(below)
    doings: dict[int, list[str]] = defaultdict(list)
    for at, done in touched.items():
        doings[below[at]] += done
    for row in roots:
        if row.id in doings:
            what = ", ".join(dict.fromkeys(doings[row.id]))
            report.kept.append(f"{kind} {row.origin_key}: no longer in the dump, but {what} here")
    gone = [at for at, root in below.items() if root not in doings]
    if gone:
        publish(ImportDropped(origin=origin, post_ids=tuple(gone), by_id=None))
        remove_posts(gone, report)
        threads = {row.thread_id for row in roots if row.thread_id and row.id not in doings}
        states.refresh(threads, report)
        if threads:
            publish(Imported(origin=origin, post_ids=tuple(sorted(threads)), by_id=None))
    return report


def _below(kind: str, ids: list[int]) -> dict[int, int]:
    """Return every post of these subtrees with the root that it hangs on."""
    found = {at: at for at in ids}
    if kind != COMMENT:
        column: Any = posts.c.thread_id if kind == QUESTION else posts.c.parent_id
        statement = select(posts.c.id, column).where(column.in_(ids))
        found |= dict(db.session.execute(statement).all())
    return found


def remove_posts(ids: list[int], report: Report) -> None:
    """Take posts out of the database with every imported row on them."""
    lost = {
        "duplicate_of_id": None,
        "reason": rules.LOST_DUPLICATE[0],
        "note": rules.LOST_DUPLICATE[1],
    }
    for part in parts(ids):
        db.session.execute(
            update(Closure).where(Closure.duplicate_of_id.in_(part)).values(**lost),
            execution_options={"synchronize_session": False},
        )
        for statement in (
            delete(Reaction).where(Reaction.post_id.in_(part)),
            delete(Revision).where(Revision.post_id.in_(part)),
            delete(Acceptance).where(Acceptance.answer_id.in_(part)),
            delete(Acceptance).where(Acceptance.question_id.in_(part)),
            delete(Closure).where(Closure.question_id.in_(part)),
            delete(PostLink).where(PostLink.from_id.in_(part)),
            delete(PostLink).where(PostLink.to_id.in_(part)),
            delete(question_tags).where(question_tags.c.question_id.in_(part)),
        ):
            db.session.execute(statement, execution_options={"synchronize_session": False})
        for kind in (COMMENT, ANSWER, QUESTION):
            of_kind = (posts.c.kind == kind) & posts.c.id.in_(part)
            if kind == QUESTION:
                db.session.execute(delete(questions).where(questions.c.id.in_(part)))
            removed = db.session.execute(delete(posts).where(of_kind).returning(posts.c.id)).all()
            report.wrote(f"{kind}s removed", len(removed))


def _people_page(origin: str, last: int) -> Sequence[Any]:
    statement = select(people.c.id, people.c.origin_key).where(
        people.c.origin == origin, people.c.id > last
    )
    page = db.session.execute(statement.order_by(people.c.id).limit(PAGE)).all()
    db.session.rollback()
    return page


def _drop_people(rows: Sequence[Any]) -> Report:
    report = Report()
    named = named_here([row.id for row in rows])
    for row in rows:
        if row.id in named:
            report.kept.append(f"user {row.origin_key}: no longer in the dump, but named here")
    gone = [row.id for row in rows if row.id not in named]
    if gone:
        publish(PeopleDropped(person_ids=tuple(gone), by_id=None))
    db.session.execute(delete(ImportedBadge).where(ImportedBadge.person_id.in_(gone)))
    db.session.execute(delete(people).where(people.c.id.in_(gone)))
    report.wrote("people removed", len(gone))
    return report
