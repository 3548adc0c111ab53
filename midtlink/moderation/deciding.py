"""Deciding what colleagues have reported."""

from collections.abc import Iterable

from sqlalchemy import select

from midtlink import clock
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.extensions import db
from midtlink.moderation.hiding import bring_back
from midtlink.moderation.policy import may_decide_flags
from midtlink.people.models import Person
from midtlink.questions.composing import Guard
from midtlink.questions.events import FlagDecided
from midtlink.questions.models import Post
from midtlink.questions.queries import lock
from midtlink.questions.records import PATIENT_DATA, Flag
from midtlink.questions.rules import LONGEST_NOTE
from midtlink.refusals import Conflict
from midtlink.texts import clean_line


def decide_flag(
    flag: Flag,
    uphold: bool,
    *,
    because: str,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Uphold or dismiss a flag. The same decision again changes nothing, another is a Conflict.

    Dismissing a post's last undecided flag for patient data shows what it hid, unless another
    such flag was upheld since the post was hidden.
    """
    with transaction():
        post = lock(flag.post)
        db.session.refresh(flag)
        if by is None or not may_decide_flags(by):
            raise NotAllowed(by, "decide", flag)
        because = clean_line(because, "because", most=LONGEST_NOTE, least=1)
        guard = Guard(not_cpr)
        guard.check(because=because)
        if flag.decided_at is not None:
            if flag.is_upheld != uphold:
                raise Conflict("decided")
            return
        settle(flag, uphold, because=because, by=by)
        guard.tell(post, by)
        if flag.reason == PATIENT_DATA and not uphold and not _is_still_suspected(post):
            bring_back(post, by=by, because=PATIENT_DATA)


def settle(flag: Flag, uphold: bool, *, because: str, by: Person) -> None:
    """Write a decision on a flag of a locked post."""
    flag.decided_at, flag.decided_by_id = clock.now(), by.id
    flag.is_upheld, flag.decision = uphold, because
    fact = FlagDecided(
        by_id=by.id,
        question_id=flag.post.question_id,
        post_id=flag.post_id,
        flag_id=flag.id,
        is_upheld=uphold,
    )
    publish(fact)


def _is_still_suspected(post: Post) -> bool:
    """Some flag for patient data waits, or was upheld while the post has been hidden."""
    statement = select(Flag).where(Flag.post_id == post.id, Flag.reason == PATIENT_DATA)
    return any(
        flag.decided_at is None
        or (flag.is_upheld and post.hidden_at is not None and flag.decided_at >= post.hidden_at)
        for flag in db.session.scalars(statement)
    )
