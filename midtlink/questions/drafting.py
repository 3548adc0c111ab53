"""Keeping what somebody has typed and not yet sent. What looks like a CPR number is masked."""

from sqlalchemy import delete, select

from midtlink import clock, privacy
from midtlink.access import NotAllowed
from midtlink.events import hold, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import ANSWER, COMMENT, QUESTION
from midtlink.questions.queries import get_post
from midtlink.questions.records import Draft
from midtlink.questions.rules import LONGEST_BODY, LONGEST_TITLE
from midtlink.refusals import BadInput, Refused
from midtlink.texts import FORBIDDEN

EDIT = "edit"
KINDS = (QUESTION, ANSWER, COMMENT, EDIT)
MOST = {"title": LONGEST_TITLE, "source": LONGEST_BODY, "tags": 500, "system_slug": 60}


def save_draft(
    kind: str,
    about_id: int = 0,
    *,
    title: str = "",
    source: str = "",
    tags: str = "",
    system_slug: str = "",
    by: Person | None,
) -> Draft:
    """Keep what is typed in place of what was kept before; `is_masked` says that a find was masked.

    Raises Refused for a text too long for its field, NotFound for a post that is not there.
    """
    with transaction():
        if by is None or not by.is_active:
            raise NotAllowed(by, "keep a draft")
        _check_place(kind, about_id, by)
        typed = {"title": title, "source": source, "tags": tags, "system_slug": system_slug}
        kept = {name: _fit(name, text) for name, text in typed.items()}
        hold(f"questions.drafts.{by.id}")
        draft = _find(kind, about_id, by) or Draft(person_id=by.id, kind=kind, about_id=about_id)
        for name, text in kept.items():
            setattr(draft, name, text)
        draft.is_masked = any(kept[name] != _plain(text) for name, text in typed.items())
        draft.saved_at = clock.now()
        db.session.add(draft)
        db.session.flush()
        return draft


def drop_draft(kind: str, about_id: int = 0, *, by: Person | None) -> None:
    """Forget a draft: its text was sent, or thrown away. Where there is none nothing changes."""
    with transaction():
        if by is None:
            raise NotAllowed(by, "drop a draft")
        mine = Draft.person_id == by.id, Draft.kind == kind, Draft.about_id == about_id
        db.session.execute(delete(Draft).where(*mine))


def _check_place(kind: str, about_id: int, by: Person) -> None:
    if kind not in KINDS or (kind == QUESTION) != (about_id == 0):
        raise BadInput("kind")
    if about_id:
        get_post(about_id, seen_by=by)


def _find(kind: str, about_id: int, by: Person) -> Draft | None:
    statement = select(Draft).filter_by(person_id=by.id, kind=kind, about_id=about_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


def _fit(name: str, text: str) -> str:
    if len(text) > MOST[name]:
        raise Refused("body" if name == "source" else name, "too_long", most=MOST[name])
    return privacy.mask(_plain(text))[: MOST[name]]


def _plain(text: str) -> str:
    return FORBIDDEN.sub("", text)
