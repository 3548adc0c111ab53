"""What a post has said before."""

from dataclasses import dataclass

from flask import render_template, request

from midtlink.access import MEMBER, allow, current_person
from midtlink.questions.diffing import Effort, Part, word_diff
from midtlink.questions.queries import get_post, get_revisions
from midtlink.questions.records import Revision
from midtlink.questions.views.blueprint import pages
from midtlink.refusals import BadInput

REVISIONS_SHOWN = 30


@dataclass(frozen=True)
class Version:
    """A revision, and what it changed."""

    revision: Revision
    title_diff: list[Part]
    tags_diff: list[Part]
    body_diff: list[Part]


@pages.get("/post/<id:post_id>/historik")
@allow(MEMBER)
def history(post_id: int) -> str:
    """Show what a post has said, the newest first, and what each edit changed."""
    person = current_person()
    post = get_post(post_id, seen_by=person)
    before = _read_before()
    found = [each for each in get_revisions(post, seen_by=person) if each.number < before]
    shown = found[:REVISIONS_SHOWN]
    pairs = zip(shown, [*found[1:], None], strict=False)
    effort = Effort()
    return render_template(
        "questions/history.html",
        post=post,
        thread_title=post.question.title,
        versions=[_version(revision, previous, effort) for revision, previous in pairs],
        older=f"?foer={shown[-1].number}" if len(found) > REVISIONS_SHOWN else None,
    )


def _read_before() -> int:
    typed = request.args.get("foer", "999999999")
    if not typed.isascii() or not typed.isdigit() or len(typed) > 9:
        raise BadInput("foer")
    return int(typed)


def _version(revision: Revision, previous: Revision | None, effort: Effort) -> Version:
    before = revision.source if previous is None else previous.source
    return Version(
        revision,
        _changed(previous.title if previous else None, revision.title, effort),
        _changed(previous.tags if previous else None, revision.tags, effort),
        word_diff(before, revision.source, effort),
    )


def _changed(old: str | None, new: str, effort: Effort) -> list[Part]:
    """Return what changed; the first revision, before which there is none, says what it said."""
    return [] if old == new else word_diff(new if old is None else old, new, effort)
