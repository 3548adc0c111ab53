"""Finding flags, for moderators."""

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from midtlink.access import NotAllowed, NotFound
from midtlink.extensions import db
from midtlink.moderation.policy import may_decide_flags
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.queries.posts import LARGEST_ID
from midtlink.questions.records import Flag, Hiding


def get_flag(flag_id: int, *, seen_by: Person | None) -> Flag:
    """Return a flag with its post. Raises NotFound, also for whoever decides none."""
    found = 0 < flag_id <= LARGEST_ID and may_decide_flags(seen_by)
    flag = db.session.scalars(_flags().where(Flag.id == flag_id)).one_or_none() if found else None
    if flag is None:
        raise NotFound(flag_id)
    return flag


def list_flags(
    *, seen_by: Person | None, is_decided: bool = False, cursor: str | None = None
) -> Slice[Flag]:
    """Return flags that wait for a decision, or decided ones, newest first."""
    if not may_decide_flags(seen_by):
        raise NotAllowed(seen_by, "list flags")
    state = Flag.decided_at.is_not(None) if is_decided else Flag.decided_at.is_(None)
    statement = _flags().where(state)
    if after := read_cursor(cursor):
        statement = statement.where(Flag.id < after[0])
    rows = db.session.scalars(statement.order_by(Flag.id.desc()).limit(PAGE_SIZE + 1)).all()
    return cut(rows, key=lambda flag: flag.id)


def list_own_flags(post: Post, *, by: Person) -> list[Flag]:
    """Return what a person has reported of a post and nobody has decided yet."""
    own = Flag.post_id == post.id, Flag.by_id == by.id, Flag.decided_at.is_(None)
    return list(db.session.scalars(select(Flag).where(*own).order_by(Flag.id)))


def count_open_flags() -> int:
    """Return how many flags wait for a decision."""
    statement = select(func.count(Flag.id)).where(Flag.decided_at.is_(None))
    return db.session.scalar(statement) or 0


def list_hidings(post: Post, *, seen_by: Person | None) -> list[Hiding]:
    """Return when and why a post was hidden, for moderators; newest first."""
    if not may_decide_flags(seen_by):
        raise NotAllowed(seen_by, "list hidings", post)
    statement = select(Hiding).where(Hiding.post_id == post.id).order_by(Hiding.id.desc())
    return list(db.session.scalars(statement))


def _flags() -> Select[Flag]:
    return select(Flag).options(
        joinedload(Flag.post).options(
            joinedload(Post.author).joinedload(Person.department),
            joinedload(Post.thread),
            joinedload(Post.parent),
        ),
        joinedload(Flag.by).joinedload(Person.department),
        joinedload(Flag.decided_by),
    )
