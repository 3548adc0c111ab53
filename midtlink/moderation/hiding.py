"""Hiding posts from members, and showing them again."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.moderation.policy import may_hide, may_restore
from midtlink.people.models import Person
from midtlink.questions.composing import Guard
from midtlink.questions.deriving import derive_thread
from midtlink.questions.events import HidingChanged, PostHidden, PostRestored
from midtlink.questions.models import Post
from midtlink.questions.queries import lock
from midtlink.questions.records import PATIENT_DATA, Flag, Hiding
from midtlink.questions.rules import LONGEST_NOTE
from midtlink.refusals import Conflict
from midtlink.texts import clean_line

MODERATORS = "moderator"


def hide(post: Post, *, by: Person | None, because: str = "", not_cpr: Iterable[str] = ()) -> None:
    """Hide a post from members. A post that a moderator has hidden stays as it was hidden."""
    with transaction():
        post = lock(post)
        if by is None or not may_hide(by, post):
            raise NotAllowed(by, "hide", post)
        because = clean_line(because, "because", most=LONGEST_NOTE)
        guard = Guard(not_cpr)
        guard.check(because=because)
        put_away(post, MODERATORS, by=by, note=because)
        guard.tell(post, by)


def restore(post: Post, *, by: Person | None) -> None:
    """Show a hidden post again. A post that is not hidden stays as it is.

    Conflict while a flag for patient data waits: deciding that flag decides the post.
    """
    with transaction():
        post = lock(post)
        if by is None or not may_restore(by, post):
            raise NotAllowed(by, "restore", post)
        if _is_suspected(post):
            raise Conflict("undecided")
        bring_back(post, by=by)


def put_away(post: Post, because: str, *, by: Person, note: str = "") -> None:
    """Hide a locked post for a reason, unless it is hidden for that reason already."""
    if any(row.because == because for row in _standing(post)):
        return
    row = Hiding(post_id=post.id, because=because, note=note, by_id=by.id, hidden_at=clock.now())
    db.session.add(row)
    _derive_hiding(post)
    publish(PostHidden(by_id=by.id, question_id=post.question_id, post_id=post.id, because=because))


def bring_back(post: Post, *, by: Person, because: str | None = None) -> None:
    """End a locked post's hidings: those for one reason, or all."""
    before = post.hidden_because
    ended = [row for row in _standing(post) if because in (None, row.because)]
    for row in ended:
        row.restored_at, row.restored_by_id = clock.now(), by.id
    _derive_hiding(post)
    about = {"by_id": by.id, "question_id": post.question_id, "post_id": post.id}
    if ended and post.hidden_at is None:
        publish(PostRestored(**about))
    elif post.hidden_because != before:
        publish(HidingChanged(**about, because=post.hidden_because))


def _derive_hiding(post: Post) -> None:
    db.session.flush()
    standing = _standing(post)
    reasons = {row.because for row in standing}
    post.hidden_at = min((row.hidden_at for row in standing), default=None)
    post.hidden_because = PATIENT_DATA if PATIENT_DATA in reasons else next(iter(reasons), None)
    derive_thread(post.question)


def _standing(post: Post) -> list[Hiding]:
    statement = select(Hiding).where(Hiding.post_id == post.id, Hiding.restored_at.is_(None))
    return list(db.session.scalars(statement.order_by(Hiding.id)))


def _is_suspected(post: Post) -> bool:
    waiting = Flag.post_id == post.id, Flag.reason == PATIENT_DATA, Flag.decided_at.is_(None)
    return db.session.scalar(select(Flag.id).where(*waiting).limit(1)) is not None
