"""What a person's inbox shows: threads and other matters, each with its newest notices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import joinedload

from midtlink import clock
from midtlink.extensions import db
from midtlink.notifications.models import (
    Notice,
    NoticeChoice,
    NoticeSettings,
    ThreadMute,
    is_new,
    thread_of,
)
from midtlink.notifications.rules import KINDS, SHOWN_OF_THREAD
from midtlink.paging import PAGE_SIZE, Slice, cut, read_cursor
from midtlink.people.models import Department, Person
from midtlink.questions.models import Post, Question
from midtlink.questions.queries.visibility import readable
from midtlink.refusals import BadInput
from midtlink.topics.models import System, Tag

NOTICES: Any = Notice.__table__
POSTS: Any = Post.__table__
#: What the inbox can be narrowed to.
ALL, NEW, LATER = "alle", "nye", "senere"
#: What a reason's id names.
NAMED: dict[str, Any] = {
    "system": (System.id, System.name),
    "team": (System.id, System.name),
    "tag": (Tag.id, Tag.name),
    "person": (Person.id, Person.name),
    "department": (Department.id, Department.name),
    "mentioned_department": (Department.id, Department.name),
}


@dataclass
class InboxThread:
    """A thread, or a matter of its own, with what a person was told of it."""

    #: What the notices are shown under (Notice.thread_key).
    key: int
    newest_id: int
    new_count: int
    count: int
    question: Question | None = None
    notices: list[Notice] = field(default_factory=list)
    is_muted: bool = False
    is_later: bool = False

    @property
    def others(self) -> int:
        """How many older notices are not shown."""
        return self.count - len(self.notices)


def list_inbox(
    which: str, *, of: Person, cursor: str | None = None, size: int = PAGE_SIZE
) -> Slice[InboxThread]:
    """Return a page of a person's inbox, the newest first. Raises BadInput.

    What the person may not read now is left out, whatever it was when it happened.
    """
    statement = _threads(of).where(_condition(which))
    if after := read_cursor(cursor):
        statement = statement.having(func.max(NOTICES.c.id) < after[0])
    rows = db.session.execute(statement.limit(size + 1)).all()
    page = cut(rows, key=lambda row: row.newest_id, size=size)
    threads = {row.key: InboxThread(**row._mapping) for row in page.rows}
    if threads:
        _fill(threads, of)
    return Slice(list(threads.values()), page.next_cursor)


def choices_of(person: Person) -> dict[str, str]:
    """Return how a person is mailed of each kind: as chosen, or by default."""
    of_person = NoticeChoice.person_id == person.id
    chosen = db.session.execute(select(NoticeChoice.kind, NoticeChoice.mode).where(of_person))
    return {kind.key: kind.mode for kind in KINDS.values()} | {row.kind: row.mode for row in chosen}


def settings_of(person: Person) -> NoticeSettings | None:
    """Return when a person is mailed; None where nothing was chosen."""
    return db.session.get(NoticeSettings, person.id)


def names_of_reasons(notices: Iterable[Notice]) -> dict[tuple[str, int], str]:
    """Return what the reasons of notices name, by reason and id, in one statement or none."""
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        if notice.reason in NAMED and notice.reason_id is not None:
            wanted.setdefault(notice.reason, set()).add(notice.reason_id)
    if not wanted:
        return {}
    parts = [
        select(literal(reason), NAMED[reason][0], NAMED[reason][1]).where(NAMED[reason][0].in_(ids))
        for reason, ids in wanted.items()
    ]
    return {(reason, id_): name for reason, id_, name in db.session.execute(union_all(*parts))}


def _readable(statement: Select[Any], person: Person) -> Any:
    """Keep the notices whose post, if any, the person may read now."""
    with_posts = statement.outerjoin_from(NOTICES, POSTS, POSTS.c.id == NOTICES.c.post_id)
    own = NOTICES.c.person_id == person.id, NOTICES.c.is_away.is_(False)
    return readable(with_posts.where(*own), person)


def _threads(person: Person) -> Select[Any]:
    key = thread_of(NOTICES.c)
    number = func.count(NOTICES.c.id)
    new = func.sum(case((is_new(NOTICES.c), 1), else_=0))
    later = func.max(case((_is_later(), 1), else_=0))
    columns = (
        key.label("key"),
        func.max(NOTICES.c.id).label("newest_id"),
        new.label("new_count"),
        number.label("count"),
        (later == 1).label("is_later"),
    )
    grouped = select(*columns).group_by(key).order_by(func.max(NOTICES.c.id).desc())
    return _readable(grouped, person)


def _is_later() -> ColumnElement[bool]:
    return and_(NOTICES.c.later_until > clock.now(), NOTICES.c.read_at.is_(None))


def _condition(which: str) -> ColumnElement[bool]:
    conditions = {ALL: true(), NEW: is_new(NOTICES.c), LATER: _is_later()}
    if which not in conditions:
        raise BadInput("vis")
    return conditions[which]


def _fill(threads: dict[int, InboxThread], person: Person) -> None:
    """Add questions, newest notices and mutes, in three statements."""
    for notice in _newest(threads, person):
        threads[notice.thread_key].notices.append(notice)
    ids = [key for key in threads if key > 0]
    for question in _questions(ids):
        threads[question.id].question = question
    muted = select(ThreadMute.question_id).where(
        ThreadMute.person_id == person.id, ThreadMute.question_id.in_(ids)
    )
    for question_id in db.session.scalars(muted) if ids else ():
        threads[question_id].is_muted = True


def _newest(keys: Iterable[int], person: Person) -> Sequence[Notice]:
    key = thread_of(NOTICES.c)
    nth = func.row_number().over(partition_by=key, order_by=NOTICES.c.id.desc())
    numbered = _readable(select(NOTICES.c.id, nth.label("nth")), person)
    ranked = numbered.where(key.in_(list(keys))).subquery()
    statement = (
        select(Notice)
        .join(ranked, ranked.c.id == Notice.id)
        .where(ranked.c.nth <= SHOWN_OF_THREAD)
        .options(joinedload(Notice.by).joinedload(Person.department))
        .order_by(Notice.id.desc())
    )
    return db.session.scalars(statement).all()


def _questions(ids: Sequence[int]) -> Iterable[Question]:
    if not ids:
        return []
    statement = select(Question).where(Question.id.in_(ids)).options(joinedload(Question.system))
    return db.session.scalars(statement)
