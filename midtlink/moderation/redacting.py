"""Removing a text for ever, because it holds patient data."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select, update

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.moderation.deciding import settle
from midtlink.moderation.hiding import bring_back
from midtlink.moderation.policy import may_redact
from midtlink.moderation.untagging import forget_tags
from midtlink.people.models import Person
from midtlink.questions.composing import render
from midtlink.questions.drafting import EDIT
from midtlink.questions.events import PostRedacted, SuggestionDecided
from midtlink.questions.models import Post, Question
from midtlink.questions.queries import lock
from midtlink.questions.records import (
    PATIENT_DATA,
    Closure,
    Draft,
    Flag,
    Hiding,
    Redaction,
    Revision,
    SuggestedEdit,
)
from midtlink.questions.rules import REDACTED


def redact(post: Post, *, by: Person | None) -> None:
    """Remove a post's text for ever; the post stays and says so, and may be written anew.

    The text goes from the post, its revisions, suggested edits and drafts, and from the notes of
    those who closed, hid or reported it; so do a question's tags, and those that nothing else
    speaks for. What patient data had hidden is shown again. What others wrote stays. Removing
    what was removed changes nothing.
    """
    with transaction():
        post = lock(post)
        if by is None or not may_redact(by, post):
            raise NotAllowed(by, "redact", post)
        if _is_removed(post):
            return
        _forget_drafts(post)
        if isinstance(post, Question):
            forget_tags(post, by=by)
        _forget_suggestions(post, by)
        _forget_notes(post)
        _forget_text(post, by)
        _end_suspicion(post, by)
        publish(PostRedacted(by_id=by.id, question_id=post.question_id, post_id=post.id))


def _is_removed(post: Post) -> bool:
    """Say whether nothing was written since the text was removed."""
    if post.redacted_at is None or post.source != REDACTED:
        return False
    return not isinstance(post, Question) or (post.title == REDACTED and not post.tags)


def _forget_drafts(post: Post) -> None:
    """Forget drafts of an edit of the post, and those that hold a text it has had."""
    revisions = db.session.scalars(select(Revision).where(Revision.post_id == post.id)).all()
    sources = {post.source, *(each.source for each in revisions)} - {""}
    titles = {each.title for each in revisions} - {""}
    of_post = (Draft.kind == EDIT) & (Draft.about_id == post.id)
    holds = or_(of_post, Draft.source.in_(sources), Draft.title.in_(titles))
    db.session.execute(delete(Draft).where(holds))
    theirs = select(Draft).where(Draft.person_id == post.author_id)
    for draft in db.session.scalars(theirs):
        if _is_part(draft.source, sources) or _is_part(draft.title, titles):
            db.session.delete(draft)


def _is_part(text: str, texts: set[str]) -> bool:
    """Say whether a text begins, ends or continues one of the others."""
    return bool(text.strip()) and any(text in each or each in text for each in texts)


def _forget_suggestions(post: Post, by: Person) -> None:
    of_post = select(SuggestedEdit).where(SuggestedEdit.post_id == post.id)
    for suggestion in db.session.scalars(of_post):
        suggestion.title, suggestion.source = _title(post), REDACTED
        suggestion.tags = suggestion.summary = suggestion.reason = ""
        if suggestion.decided_at is not None:
            continue
        suggestion.decided_at, suggestion.decided_by_id = clock.now(), by.id
        suggestion.is_accepted = False
        fact = SuggestionDecided(
            by_id=by.id,
            question_id=post.question_id,
            post_id=post.id,
            suggestion_id=suggestion.id,
            is_accepted=False,
        )
        publish(fact)


def _forget_notes(post: Post) -> None:
    closed = update(Closure).where(Closure.question_id == post.id)
    hidden = update(Hiding).where(Hiding.post_id == post.id)
    flagged = update(Flag).where(Flag.post_id == post.id)
    for statement in (closed.values(note=""), hidden.values(note="")):
        db.session.execute(statement)
    db.session.execute(flagged.values(note="", decision=""))


def _forget_text(post: Post, by: Person) -> None:
    """Empty every revision, and make the notice the newest: an edit begun before is a conflict."""
    moment = clock.now()
    emptied = {"title": _title(post), "source": REDACTED, "tags": "", "summary": ""}
    db.session.execute(update(Revision).where(Revision.post_id == post.id).values(**emptied))
    post.source_format = "markdown"
    render(post, REDACTED)
    if isinstance(post, Question):
        post.title = REDACTED
    post.revision_number += 1
    post.redacted_at = moment
    revision = Revision(
        post_id=post.id,
        number=post.revision_number,
        title=_title(post),
        source=REDACTED,
        by_id=by.id,
        made_at=moment,
    )
    db.session.add_all([revision, Redaction(post_id=post.id, by_id=by.id, redacted_at=moment)])


def _end_suspicion(post: Post, by: Person) -> None:
    for flag in _waiting_flags(post):
        settle(flag, True, because=REDACTED, by=by)
    bring_back(post, by=by, because=PATIENT_DATA)


def _waiting_flags(post: Post) -> Sequence[Flag]:
    waiting = select(Flag).where(
        Flag.post_id == post.id, Flag.reason == PATIENT_DATA, Flag.decided_at.is_(None)
    )
    return db.session.scalars(waiting).all()


def _title(post: Post) -> str:
    return REDACTED if isinstance(post, Question) else ""
