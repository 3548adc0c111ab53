"""What hangs on posts and comes with them: tags, revisions, votes, the chosen answer."""

from typing import Any

from sqlalchemy import or_, select

from midtlink.extensions import db
from midtlink.importing.bulk.batches import Batch
from midtlink.importing.bulk.converging import converge
from midtlink.importing.bulk.tables import acceptances, posts, reactions, revisions
from midtlink.importing.bulk.tagging import ids_of_tags
from midtlink.questions.models import ANSWER, COMMENT, question_tags
from midtlink.questions.records import Acceptance, Reaction, Revision

REVISION = ("post_id", "number", "title", "source", "source_format", "tags", "summary", "by_id",
            "by_name", "made_at", "origin", "origin_key", "licence")  # fmt: skip
REACTION = ("post_id", "kind", "set_at", "origin", "origin_key")
ACCEPTANCE = ("question_id", "answer_id", "by_id", "accepted_at", "origin")


def attach(batch: Batch) -> None:
    """Give the batch's posts what their source says, but for what was changed here."""
    _tag(batch)
    _revise(batch)
    _vote(batch)
    _accept(batch)


def _tag(batch: Batch) -> None:
    threads = {batch.id_of(each): each for each in batch.threads}
    open_ids = [at for at in threads if at not in batch.edited]
    tags = ids_of_tags({name for at in open_ids for name in threads[at].tags}, batch.origin)
    wanted = [
        {"question_id": at, "tag_id": tags[name]}
        for at in open_ids
        for name in threads[at].tags
        if name in tags
    ]
    scope = question_tags.c.question_id.in_(open_ids)
    converge(question_tags, ("question_id", "tag_id"), wanted, scope, batch.report)


def _revise(batch: Batch) -> None:
    ids = {ref: at for ref, at in batch.ids.items() if at not in batch.edited}
    moments = _moments(list(ids.values()))
    wanted = [
        {
            "post_id": ids[each.post],
            "number": each.number,
            "title": each.title,
            "source": each.source,
            "source_format": each.source_format,
            "tags": each.tags,
            "summary": each.summary,
            "by_id": batch.person(each.by_key),
            "by_name": each.by_name,
            "made_at": each.made_at or moments[ids[each.post]],
            "origin": batch.origin,
            "origin_key": each.key,
            "licence": each.licence,
        }
        for thread in batch.threads
        for each in thread.revisions
        if each.post in ids
    ]
    scope = Revision.post_id.in_(list(ids.values()))
    converge(revisions, REVISION, wanted, scope, batch.report)


def _vote(batch: Batch) -> None:
    wanted = [
        {
            "post_id": batch.ids[each.post],
            "kind": each.kind,
            "set_at": each.set_at,
            "origin": batch.origin,
            "origin_key": each.key,
        }
        for thread in batch.threads
        for each in thread.reactions
    ]
    ids = [at for (kind, _), at in batch.ids.items() if kind != COMMENT]
    scope = Reaction.post_id.in_(ids) & (Reaction.origin == batch.origin)
    converge(reactions, REACTION, wanted, scope, batch.report)


def _accept(batch: Batch) -> None:
    threads = {batch.id_of(each): each for each in batch.threads}
    chosen_here = select(Acceptance.question_id).where(
        Acceptance.question_id.in_(threads),
        or_(Acceptance.origin.is_(None), Acceptance.ended_at.is_not(None)),
    )
    for at in set(db.session.scalars(chosen_here)):
        del threads[at]
    wanted = [
        {
            "question_id": at,
            "answer_id": batch.ids[ANSWER, thread.accepted[0]],
            "by_id": batch.person(thread.question.author_key),
            "accepted_at": thread.accepted[1],
            "origin": batch.origin,
        }
        for at, thread in threads.items()
        if thread.accepted
    ]
    scope = Acceptance.question_id.in_(threads) & (Acceptance.origin == batch.origin)
    converge(acceptances, ACCEPTANCE, wanted, scope, batch.report)


def _moments(ids: list[int]) -> dict[int, Any]:
    statement = select(posts.c.id, posts.c.created_at).where(posts.c.id.in_(ids))
    return dict(db.session.execute(statement).all())
