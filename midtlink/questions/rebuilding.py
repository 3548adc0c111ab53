"""Rendering texts again when the cleaner has changed, so that no page has to clean on reading."""

from collections.abc import Mapping

from sqlalchemy import select

from midtlink import markup
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions.composing import render
from midtlink.questions.mentioning import links_kept
from midtlink.questions.models import Post
from midtlink.questions.queries.locks import lock_threads
from midtlink.refusals import Refused

BATCH = 200


def rebuild_batch(after: int = 0, *, everything: bool = False) -> tuple[int, int, list[int]]:
    """Render the next posts whose HTML an older cleaner made, or all.

    Returns the last post's id (0: none is left), how many were rendered, and the ids of those
    whose text is now too complex; these keep what they show.
    """
    return in_transaction(lambda: _rebuild(after, everything))


def _rebuild(after: int, everything: bool) -> tuple[int, int, list[int]]:
    statement = select(Post).where(Post.id > after).order_by(Post.id).limit(BATCH)
    if not everything:
        statement = statement.where(Post.cleaner_version != markup.CLEANER_VERSION)
    posts = db.session.scalars(statement).all()
    lock_threads(post.question_id for post in posts)
    db.session.scalars(statement.execution_options(populate_existing=True)).all()
    links = links_kept(posts)
    failed = [post.id for post in posts if not _render(post, links.get(post.id, markup.NOBODY))]
    return (posts[-1].id if posts else 0), len(posts) - len(failed), failed


def _render(post: Post, mentions: Mapping[str, str]) -> bool:
    try:
        render(post, post.source, mentions=mentions)
    except Refused:
        return False
    return True
