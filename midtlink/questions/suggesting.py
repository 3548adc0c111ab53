"""Suggesting an edit where one may not edit, and deciding what others suggest."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.composing import Guard, render
from midtlink.questions.drafting import EDIT, drop_draft
from midtlink.questions.editing import (
    Version,
    change,
    known_text,
    read_version,
    says_the_same,
)
from midtlink.questions.events import EditSuggested, SuggestionDecided
from midtlink.questions.models import Post, Question
from midtlink.questions.pacing import keep_pace
from midtlink.questions.policy import may_decide, may_suggest
from midtlink.questions.queries import lock
from midtlink.questions.records import SuggestedEdit
from midtlink.questions.rules import LONGEST_NOTE
from midtlink.refusals import Conflict, Refused
from midtlink.texts import clean_line
from midtlink.topics.queries import tags_named


def suggest_edit(
    post: Post,
    *,
    title: str | None = None,
    body: str,
    tags: Iterable[str] | None = None,
    system_slug: str | None = None,
    summary: str = "",
    from_revision: int,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> SuggestedEdit:
    """Suggest another text for a post, in place of what the person suggested before.

    A suggestion does not reach the system of a question. Refused("body", "unchanged") for the
    text as it is, Conflict when there is a newer revision than `from_revision`.
    """
    with transaction():
        post = lock(post)
        if by is None or not may_suggest(by, post):
            raise NotAllowed(by, "suggest an edit of", post)
        guard = Guard(not_cpr, known=known_text(post))
        version = read_version(post, guard, title, body, tags, None, summary, by)
        if says_the_same(post, version):
            raise Refused("body", "unchanged")
        if from_revision != post.revision_number:
            raise Conflict("from_revision")
        _refuse_unrenderable(post, version)
        keep_pace("suggestions", by)
        suggestion = _put(post, version, by)
        guard.tell(post, by)
        drop_draft(EDIT, post.id, by=by)
        return suggestion


def decide_suggestion(
    suggestion: SuggestedEdit,
    accept: bool,
    *,
    by: Person | None,
    because: str = "",
    not_cpr: Iterable[str] = (),
) -> None:
    """Take a suggested edit over, or turn it down. The same decision again changes nothing.

    Conflict when it was decided otherwise, or was made from a revision that is no longer the
    newest and can therefore only be turned down.
    """
    with transaction():
        post = lock(suggestion.post)
        db.session.refresh(suggestion)
        if by is None or not may_decide(by, suggestion):
            raise NotAllowed(by, "decide", suggestion)
        because = clean_line(because, "because", most=LONGEST_NOTE)
        guard = Guard(not_cpr)
        guard.check(because=because)
        if suggestion.decided_at is not None:
            if suggestion.is_accepted != accept:
                raise Conflict("decided")
            return
        if accept:
            _take_over(post, suggestion, by)
        suggestion.is_accepted, suggestion.reason = accept, because
        suggestion.decided_at, suggestion.decided_by_id = clock.now(), by.id
        fact = SuggestionDecided(
            by_id=by.id,
            question_id=post.question_id,
            post_id=post.id,
            suggestion_id=suggestion.id,
            is_accepted=accept,
        )
        publish(fact)
        guard.tell(post, by)


def _refuse_unrenderable(post: Post, version: Version) -> None:
    """Let the writer, not the one who decides, hear of a text that is too complex."""
    render(Post(source_format=post.source_format), version.source)


def _put(post: Post, version: Version, by: Person) -> SuggestedEdit:
    waiting = select(SuggestedEdit).where(
        SuggestedEdit.post_id == post.id,
        SuggestedEdit.by_id == by.id,
        SuggestedEdit.decided_at.is_(None),
    )
    suggestion = db.session.scalars(waiting).first() or SuggestedEdit(post_id=post.id, by_id=by.id)
    suggestion.revision_number = post.revision_number
    suggestion.title, suggestion.source = version.title, version.source
    suggestion.tags, suggestion.summary = version.tag_names, version.summary
    suggestion.suggested_at = clock.now()
    db.session.add(suggestion)
    db.session.flush()
    fact = EditSuggested(
        by_id=by.id,
        question_id=post.question_id,
        post_id=post.id,
        suggestion_id=suggestion.id,
    )
    publish(fact)
    return suggestion


def _take_over(post: Post, suggestion: SuggestedEdit, by: Person) -> None:
    if suggestion.revision_number != post.revision_number:
        raise Conflict("from_revision")
    guard = Guard(known=f"{suggestion.title}\n\n{suggestion.source}\n\n{suggestion.summary}")
    guard.check(title=suggestion.title, body=suggestion.source, summary=suggestion.summary)
    is_question = isinstance(post, Question)
    tags = tags_named(suggestion.tags.split(), by=by, most=99) if is_question else []
    version = Version(
        suggestion.source,
        suggestion.title,
        tuple(tags),
        post.system if isinstance(post, Question) else None,
        suggestion.summary,
    )
    change(post, version, by=by, written_by=suggestion.by)
