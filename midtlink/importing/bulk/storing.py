"""Store threads in bulk, a batch in one transaction: through guard and markup, past the verbs."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, insert, select

from midtlink import clock
from midtlink.events import hold, in_transaction, publish
from midtlink.extensions import db
from midtlink.importing.bulk import attaching, states
from midtlink.importing.bulk.batches import Batch
from midtlink.importing.bulk.converging import Values, parts, update_rows
from midtlink.importing.bulk.lookups import edited_here, lock_threads, people_ids, post_ids
from midtlink.importing.bulk.rendering import Renderer, Text, render_all
from midtlink.importing.bulk.tables import posts, questions
from midtlink.importing.bulk.wanted import WantedPost, WantedThread
from midtlink.importing.report import Report
from midtlink.markup import CLEANER_VERSION
from midtlink.questions.events import Imported
from midtlink.questions.models import ANSWER, COMMENT, QUESTION
from midtlink.topics.rules import fold

#: What an edit here may change: the dump's word on it counts no more.
TEXT = ("source", "source_format", "html", "cleaner_version", "edited_at", "edited_by_id",
        "revision_number")  # fmt: skip


def store_threads(
    origin: str,
    language: str,
    threads: Sequence[WantedThread],
    *,
    renderer: Renderer = render_all,
    systems: dict[str, int] | None = None,
) -> Report:
    """Store the threads of a batch that are new or changed; return what became of their rows."""
    report = Report()
    if changed := _changed(origin, threads):
        # Rendered before the transaction, in which everybody else who writes would have to wait.
        rendered = renderer(_new_texts(origin, changed))
        report.add(
            in_transaction(
                lambda: _write(Batch(origin, language, changed, rendered, systems or {}))
            )
        )
        for post in (post for thread in changed for post in thread.posts()):
            rendered.tell((post.source, post.source_format), (post.kind, post.key, "text"), report)
    for thread in threads:
        report.stored += thread.rows
        for (file, reason), count in thread.left_out.items():
            report.leave_out(file, reason, count)
    return report


def _changed(origin: str, threads: Sequence[WantedThread]) -> list[WantedThread]:
    keys = [thread.question.key for thread in threads]
    statement = select(posts.c.origin_key, posts.c.origin_digest).where(
        posts.c.origin == origin, posts.c.kind == QUESTION, posts.c.origin_key.in_(keys)
    )
    stored = dict(db.session.execute(statement).all())
    return [each for each in threads if stored.get(each.question.key) != each.digest()]


def _new_texts(origin: str, threads: Iterable[WantedThread]) -> Iterator[Text]:
    wanted = {post.ref: post for thread in threads for post in thread.posts()}
    ids = post_ids(origin, wanted)
    stored = _stored(posts, ids.values(), ("source", "source_format"))
    for ref, post in wanted.items():
        text = post.source, post.source_format
        if ref not in ids or tuple(stored[ids[ref]].values()) != text:
            yield text


def _write(batch: Batch) -> Report:
    hold(f"import.{batch.origin}")
    wanted = {post.ref: post for thread in batch.threads for post in thread.posts()}
    batch.ids = post_ids(batch.origin, wanted)
    lock_threads(at for (kind, _), at in batch.ids.items() if kind == QUESTION)
    batch.people = people_ids(
        batch.origin, {key for each in batch.threads for key in each.people()}
    )
    batch.edited = edited_here(batch.ids.values())
    for kind in (QUESTION, ANSWER, COMMENT):
        _store_posts(batch, kind)
    attaching.attach(batch)
    active = {batch.id_of(each): each.active_at for each in batch.threads}
    states.refresh(active, batch.report, active)
    publish(Imported(origin=batch.origin, post_ids=tuple(batch.ids.values()), by_id=None))
    return batch.report


def _store_posts(batch: Batch, kind: str) -> None:
    """Store the batch's posts of one kind; those of the kinds before have their ids by now."""
    wanted = [
        (thread, post) for thread in batch.threads for post in thread.posts() if post.kind == kind
    ]
    old = [(thread, post) for thread, post in wanted if post.ref in batch.ids]
    new = [(thread, post) for thread, post in wanted if post.ref not in batch.ids]
    _update(batch, kind, old)
    rows = [_values(batch, thread, post) for thread, post in new]
    moment = clock.now()
    for row in rows:
        row["created_at"] = row["created_at"] or moment
    statement = insert(posts).returning(posts.c.id, posts.c.origin_key)
    for part in parts(rows, 500):
        for at, key in db.session.execute(statement, part):
            batch.ids[kind, key] = at
    batch.report.wrote(f"{kind}s added", len(rows))
    if kind == QUESTION and new:
        added = [_question_values(batch, thread) for thread, _ in new]
        for row, thread in zip(added, (thread for thread, _ in new), strict=True):
            row |= {"id": batch.id_of(thread), "active_at": thread.active_at or moment}
        db.session.execute(insert(questions), added)


def _update(batch: Batch, kind: str, old: list[tuple[WantedThread, WantedPost]]) -> None:
    ids = [batch.ids[post.ref] for _, post in old]
    stored = _stored(posts, ids, [column.name for column in posts.columns])
    wanted = {}
    for (thread, post), at in zip(old, ids, strict=True):
        values = _values(batch, thread, post, stored[at])
        kept = TEXT if at in batch.edited else ()
        unknown = () if values["created_at"] else ("created_at",)
        wanted[at] = {name: each for name, each in values.items() if name not in (*kept, *unknown)}
    changed = set(update_rows(posts, stored, wanted))
    if kind == QUESTION:
        changed |= _update_questions(batch, [thread for thread, _ in old])
    batch.report.wrote(f"{kind}s changed", len(changed))


def _update_questions(batch: Batch, threads: list[WantedThread]) -> set[int]:
    ids = [batch.id_of(thread) for thread in threads]
    stored = _stored(questions, ids, [column.name for column in questions.columns])
    wanted = {}
    for at, thread in zip(ids, threads, strict=True):
        values = _question_values(batch, thread)
        # Colleagues' own views stay counted.
        seen_here = stored[at]["view_count"] - stored[at]["imported_view_count"]
        values["view_count"] += seen_here
        kept = {"title", "title_key", "system_id"} if at in batch.edited else set()
        wanted[at] = {name: each for name, each in values.items() if name not in kept}
    return set(update_rows(questions, stored, wanted))


def _values(
    batch: Batch, thread: WantedThread, post: WantedPost, stored: Values | None = None
) -> dict[str, Any]:
    is_question = post.kind == QUESTION
    return (
        _text(batch, post, stored)
        | {
            "kind": post.kind,
            "thread_id": None if is_question else batch.id_of(thread),
            "parent_id": batch.ids[post.parent] if post.kind == COMMENT and post.parent else None,
            "author_id": batch.person(post.author_key),
            "author_name": post.author_name,
            "language": batch.language,
            "created_at": post.created_at,
            "edited_at": post.edited_at,
            "edited_by_id": batch.person(post.editor_key),
            "revision_number": batch.revisions[post.ref] or 1,
            "origin": batch.origin,
            "origin_key": post.key,
            "origin_digest": thread.digest() if is_question else None,
            "licence": post.licence,
        }
        | ({"up_count": post.up_count} if post.kind == COMMENT else {})
    )


def _text(batch: Batch, post: WantedPost, stored: Values | None) -> dict[str, Any]:
    names = ("source", "source_format", "html", "cleaner_version")
    if stored and (stored["source"], stored["source_format"]) == (post.source, post.source_format):
        return {name: stored[name] for name in names}
    shown = batch.rendered.show(post.source, post.source_format)
    values = (shown.source, post.source_format, shown.html, CLEANER_VERSION)
    return dict(zip(names, values, strict=True))


def _question_values(batch: Batch, thread: WantedThread) -> dict[str, Any]:
    values: dict[str, Any] = {
        "title": thread.title,
        "title_key": fold(thread.title),
        "view_count": thread.view_count,
        "imported_view_count": thread.view_count,
    }
    if thread.system_slug:
        values["system_id"] = batch.systems[thread.system_slug]
    return values


def _stored(table: Table, ids: Iterable[int], names: Iterable[str]) -> dict[int, Values]:
    columns = [table.c[name] for name in names]
    found: dict[int, Values] = {}
    for part in parts(ids):
        statement = select(table.c.id, *columns).where(table.c.id.in_(part))
        found |= {
            row[0]: dict(zip(names, row[1:], strict=True)) for row in db.session.execute(statement)
        }
    return found
