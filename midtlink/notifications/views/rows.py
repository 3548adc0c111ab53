"""The rows of the inbox in words: what happened, by whom, why one hears of it, and where it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import String, cast, literal, select, union_all

from midtlink.extensions import db
from midtlink.notifications import wording
from midtlink.notifications.models import Notice
from midtlink.notifications.queries import InboxThread, names_of_reasons
from midtlink.questions.records import Flag, SuggestedEdit
from midtlink.reputation.badges.rules import BADGES
from midtlink.reputation.badges.wording import BADGE_WORDS
from midtlink.reputation.records import BadgeAward, OwnAward, OwnAwardGrant
from midtlink.search.models import SavedSearch

#: What a notice's subject says, by its kind: the row's id, a text of it, and an id in it.
SUBJECTS: Mapping[str, Callable[[], Any]] = {
    "badge": lambda: (BadgeAward, BadgeAward.badge, BadgeAward.step),
    "award": lambda: (OwnAwardGrant, OwnAward.name, OwnAward.id),
    "saved_search": lambda: (SavedSearch, SavedSearch.query, SavedSearch.id),
    "flag_decided": lambda: (Flag, Flag.reason, cast(Flag.is_upheld, db.Integer)),
    "suggestion_decided": lambda: (
        SuggestedEdit, SuggestedEdit.summary, cast(SuggestedEdit.is_accepted, db.Integer),
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One notice in words."""

    notice: Notice
    what: str
    more: str
    why: str
    address: str | None
    is_new: bool


@dataclass(frozen=True)
class Row:
    """A thread of the inbox, or a matter of its own."""

    thread: InboxThread
    lines: Sequence[Line]

    @property
    def address(self) -> str | None:
        """Where the newest of it is."""
        return self.lines[0].address if self.lines else None


Subjects = Mapping[tuple[str, int], tuple[str, int]]


def rows_of(threads: Iterable[InboxThread]) -> list[Row]:
    """Return the rows of a page of the inbox, in two statements at most."""
    shown = list(threads)
    notices = [notice for thread in shown for notice in thread.notices]
    names, subjects = names_of_reasons(notices), _subjects(notices)
    return [
        Row(thread, [_line(notice, names, subjects) for notice in thread.notices])
        for thread in shown
    ]


def _line(notice: Notice, names: Mapping[tuple[str, int], str], subjects: Subjects) -> Line:
    subject = subjects.get((notice.kind, notice.subject_id or 0))
    return Line(
        notice,
        what=str(wording.WHAT[notice.kind]),
        more=wording.how_often(notice.kind, notice.count) or _said(notice.kind, subject),
        why=wording.why(notice.reason, names.get((notice.reason, notice.reason_id or 0), "")),
        address=_address(notice, subject),
        is_new=notice.read_at is None,
    )


def _said(kind: str, subject: tuple[str, int] | None) -> str:
    if subject is None:
        return ""
    text, number = subject
    match kind:
        case "badge":
            return str(BADGE_WORDS[text].name) if text in BADGE_WORDS else ""
        case "award":
            return text
        case "flag_decided":
            return _("Den er taget til følge.") if number else _("Den er ikke taget til følge.")
        case "suggestion_decided":
            return _("Det er taget med.") if number else _("Det er ikke taget med.")
        case _:
            return ""


def _address(notice: Notice, subject: tuple[str, int] | None) -> str | None:
    if notice.kind == "suggestion":
        return f"/forslag/{notice.subject_id}"
    if notice.post_id is not None:
        return f"/post/{notice.post_id}"
    if subject is None:
        return None
    text, number = subject
    known = {"award": f"/priser/{number}", "saved_search": "/soegninger"}
    if notice.kind == "badge" and text in BADGES:
        return f"/badges/{text}"
    return known.get(notice.kind)


def _subjects(notices: Iterable[Notice]) -> Subjects:
    wanted: dict[str, set[int]] = {}
    for notice in notices:
        if notice.kind in SUBJECTS and notice.subject_id is not None:
            wanted.setdefault(notice.kind, set()).add(notice.subject_id)
    if not wanted:
        return {}
    parts = [_select(kind, ids) for kind, ids in wanted.items()]
    found = db.session.execute(union_all(*parts))
    return {(kind, id_): (text or "", number or 0) for kind, id_, text, number in found}


def _select(kind: str, ids: set[int]) -> Any:
    model, text, number = SUBJECTS[kind]()
    statement = select(literal(kind), model.id, cast(text, String), number)
    if model is OwnAwardGrant:
        statement = statement.join(OwnAward, OwnAward.id == OwnAwardGrant.award_id)
    return statement.where(model.id.in_(ids))
