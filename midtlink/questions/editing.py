"""Editing a post. Every edit is kept as a revision."""

from collections.abc import Iterable
from dataclasses import dataclass

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.asking import chosen_system
from midtlink.questions.composing import Guard, render
from midtlink.questions.drafting import EDIT, drop_draft
from midtlink.questions.events import PostEdited
from midtlink.questions.mentioning import mention_people
from midtlink.questions.models import COMMENT, QUESTION, Post, Question
from midtlink.questions.pacing import keep_pace
from midtlink.questions.policy import may_edit
from midtlink.questions.queries import lock
from midtlink.questions.queries.posts import get_revision
from midtlink.questions.records import Revision
from midtlink.questions.rules import (
    LONGEST_BODY,
    LONGEST_COMMENT,
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_TAGS,
)
from midtlink.refusals import BadInput, Conflict
from midtlink.texts import clean_body, clean_line
from midtlink.topics.models import System, Tag
from midtlink.topics.queries import tags_named


@dataclass(frozen=True)
class Version:
    """What a post is to say: its text and, of a question, title, tags and system."""

    source: str
    title: str = ""
    tags: tuple[Tag, ...] = ()
    system: System | None = None
    summary: str = ""

    @property
    def tag_names(self) -> str:
        """The tags' names as a revision keeps them."""
        return " ".join(sorted(tag.name for tag in self.tags))


def edit(
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
) -> Revision:
    """Give a post another text; None leaves title, tags or system as they are.

    `from_revision` is the number of the revision that the writer had before them: Conflict when
    there is a newer one. The same text again changes nothing. Raises Refused, PatientDataFound,
    TooMany.
    """
    with transaction():
        post = lock(post)
        if by is None or not may_edit(by, post):
            raise NotAllowed(by, "edit", post)
        guard = Guard(not_cpr, known=known_text(post))
        version = read_version(post, guard, title, body, tags, system_slug, summary, by)
        if says_the_same(post, version):
            drop_draft(EDIT, post.id, by=by)
            return get_revision(post.id, post.revision_number)
        if from_revision != post.revision_number:
            raise Conflict("from_revision")
        keep_pace("edits", by)
        revision = change(post, version, by=by, written_by=by)
        guard.tell(post, by)
        drop_draft(EDIT, post.id, by=by)
        return revision


def read_version(
    post: Post,
    guard: Guard,
    title: str | None,
    body: str,
    tags: Iterable[str] | None,
    system_slug: str | None,
    summary: str,
    by: Person,
) -> Version:
    """Return what was typed as a version of the post, cleaned and guarded."""
    longest = LONGEST_COMMENT if post.kind == COMMENT else max(LONGEST_BODY, len(post.source))
    source = clean_body(body, "body", most=longest, least=0 if post.kind == QUESTION else 1)
    summary = clean_line(summary, "summary", most=LONGEST_NOTE)
    guard.check(body=source, summary=summary)
    if not isinstance(post, Question):
        if title is not None or tags is not None or system_slug is not None:
            raise BadInput("title")
        return Version(source, summary=summary)
    if title is not None and title != post.title:
        title = clean_line(title, "title", most=LONGEST_TITLE, least=1)
        guard.check(title=title)
    most = max(MOST_TAGS, len(post.tags))
    named = post.tags if tags is None else tags_named(tags, by=by, most=most, not_cpr=guard.not_cpr)
    kept = system_slug is None or (post.system is not None and post.system.slug == system_slug)
    system = post.system if kept else chosen_system(system_slug or "")
    return Version(source, title or post.title, tuple(named), system, summary)


def says_the_same(post: Post, version: Version) -> bool:
    """Say whether a version is what the post says already."""
    if post.source != version.source:
        return False
    if not isinstance(post, Question):
        return True
    return (
        post.title == version.title
        and set(post.tags) == set(version.tags)
        and post.system == version.system
    )


def change(post: Post, version: Version, *, by: Person, written_by: Person) -> Revision:
    """Give a locked post another version as its next revision; `by` decided that."""
    moment, before = clock.now(), post.source
    render(post, version.source)
    if isinstance(post, Question):
        post.title, post.tags, post.system = version.title, list(version.tags), version.system
    post.revision_number += 1
    post.edited_at, post.edited_by = moment, written_by
    post.question.active_at = moment
    revision = Revision(
        post_id=post.id,
        number=post.revision_number,
        title=version.title,
        source=version.source,
        source_format=post.source_format,
        tags=version.tag_names,
        summary=version.summary,
        by_id=written_by.id,
        made_at=moment,
    )
    db.session.add(revision)
    fact = PostEdited(
        by_id=by.id,
        question_id=post.question_id,
        post_id=post.id,
        revision_number=post.revision_number,
    )
    publish(fact)
    mention_people(post, by=written_by, before=before)
    return revision


def known_text(post: Post) -> str:
    """Return what the post says already: the guard has judged it before."""
    about = (post.title, *(tag.name for tag in post.tags)) if isinstance(post, Question) else ()
    return "\n\n".join((*about, post.source))
