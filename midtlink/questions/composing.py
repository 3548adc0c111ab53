"""A new text on its way in: cleaned, guarded, rendered, not sent twice and not too fast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

from sqlalchemy import func, select

from midtlink import clock, guarding, markup
from midtlink.events import hold, publish
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.events import GuardOverruled
from midtlink.questions.models import Post
from midtlink.questions.records import Revision
from midtlink.questions.rules import LONGEST_KEY
from midtlink.refusals import BadInput, Conflict, Refused, TooMany
from midtlink.settings import queries as settings

AnyPost = TypeVar("AnyPost", bound=Post)


@dataclass
class Guard:
    """Looks for patient data in texts and remembers how many finds the author overruled."""

    not_cpr: Iterable[str] = ()
    known: str = ""
    overruled: dict[str, int] = field(default_factory=dict)

    def check(self, **texts: str) -> None:
        """Refuse a text with a CPR number. Raises PatientDataFound."""
        for name, text in texts.items():
            count = guarding.check({name: text}, overruled=self.not_cpr, known=self.known)
            if count:
                self.overruled[name] = count

    def tell(self, post: Post, by: Person) -> None:
        """Say of which fields the author overruled finds, once the post has its id."""
        db.session.flush()
        for name, count in self.overruled.items():
            fact = GuardOverruled(
                by_id=by.id, question_id=post.question_id, post_id=post.id, field=name, count=count
            )
            publish(fact)


def render(post: Post, source: str, *, mentions: Mapping[str, str] = markup.NOBODY) -> None:
    """Give a post its text and what it looks like, the words in it linked. Raises Refused."""
    try:
        html = markup.render(source, source_format=post.source_format, mentions=mentions)
    except markup.TextTooLarge as error:
        raise Refused("body", "too_complex") from error
    post.source, post.html, post.cleaner_version = source, html, markup.CLEANER_VERSION


def first_revision(post: Post, by: Person, *, title: str = "", tags: str = "") -> None:
    """Keep what a new post says as its revision number 1."""
    db.session.flush()
    row = Revision(
        post_id=post.id,
        number=1,
        title=title,
        source=post.source,
        source_format=post.source_format,
        tags=tags,
        by_id=by.id,
        made_at=post.created_at,
    )
    db.session.add(row)


def find_sent(
    kind: type[AnyPost], key: str | None, *, about_id: int | None, by: Person
) -> AnyPost | None:
    """Return the post that the same form has already become, if it was sent before.

    Lets the person's posts through one at a time. Conflict when the key made something else.
    """
    hold(f"questions.posts.{by.id}")
    if key is None:
        return None
    if not 0 < len(key) <= LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise BadInput("submission_key")
    statement = select(Post).where(Post.author_id == by.id, Post.submission_key == key)
    post = db.session.scalars(statement).one_or_none()
    if post is None:
        return None
    if not isinstance(post, kind) or about_id not in (post.parent_id, post.thread_id):
        raise Conflict("submission_key")
    return post


def check_pace(by: Person) -> None:
    """Refuse whoever writes faster than anybody should. Raises TooMany. Call after find_sent."""
    moment = clock.now()
    for name, span in (("minute", timedelta(minutes=1)), ("day", timedelta(days=1))):
        written = select(func.count(Post.id)).where(
            Post.author_id == by.id, Post.created_at > moment - span, Post.created_at <= moment
        )
        if (db.session.scalar(written) or 0) >= settings.number(f"posts_per_{name}"):
            raise TooMany(f"posts_per_{name}")
