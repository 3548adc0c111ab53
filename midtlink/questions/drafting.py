"""Keeping what somebody has typed and not yet sent. What looks like a CPR number is masked."""

from datetime import timedelta

from sqlalchemy import delete, select

from midtlink import clock, privacy
from midtlink.access import NotAllowed, NotFound
from midtlink.events import hold, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.questions.models import ANSWER, COMMENT, QUESTION
from midtlink.questions.queries import get_draft, get_post
from midtlink.questions.records import Draft
from midtlink.questions.rules import LONGEST_BODY, LONGEST_TITLE
from midtlink.refusals import BadInput, Refused
from midtlink.texts import FORBIDDEN

EDIT = "edit"
#: A question that was not asked, for its answer was found while it was written: `about_id` names
#: the question that has it.
SPARED = "spared"
#: A question that waits while its writer asks something else: `about_id` is its own id.
ASIDE = "aside"
KINDS = (QUESTION, ANSWER, COMMENT, EDIT)
#: The same draft set aside twice in this time is one press of a button too many.
AGAIN = timedelta(minutes=10)
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


def set_aside_draft(question_id: int, *, by: Person) -> bool:
    """Take the draft of a question out of the form, for take_up_draft to bring back.

    False where the same draft was set aside for the same question a moment ago.
    """
    with transaction():
        hold(f"questions.drafts.{by.id}")
        draft, before = _find(QUESTION, 0, by), _find(SPARED, question_id, by)
        if draft is None:
            return False
        is_again = before is not None and _says_the_same(draft, before)
        if before is not None:
            db.session.delete(before)
            db.session.flush()
        draft.kind, draft.about_id = SPARED, question_id
        db.session.flush()
        return not is_again


def take_up_draft(question_id: int, *, by: Person) -> bool:
    """Put a draft that was set aside back into the form; False where there is none.

    Raises Refused("draft", "begun") while the form holds another one.
    """
    with transaction():
        hold(f"questions.drafts.{by.id}")
        draft = _find(SPARED, question_id, by)
        if draft is None:
            return False
        if _find(QUESTION, 0, by):
            raise Refused("draft", "begun")
        draft.kind, draft.about_id = QUESTION, 0
        db.session.flush()
        return True


def put_aside(draft_id: int, *, by: Person | None) -> None:
    """Empty the form for another question; the draft waits. What waits already stays as it is."""
    with transaction():
        draft = _own(draft_id, by, QUESTION, ASIDE)
        draft.kind, draft.about_id = ASIDE, draft.id
        db.session.flush()


def bring_back(draft_id: int, *, by: Person | None) -> None:
    """Put a draft that waits into the form; what the form holds waits in its place."""
    with transaction():
        draft = _own(draft_id, by, QUESTION, ASIDE)
        other = _find(QUESTION, 0, by) if by else None
        if other is not None and other is not draft:
            put_aside(other.id, by=by)
        draft.kind, draft.about_id = QUESTION, 0
        db.session.flush()


def _own(draft_id: int, by: Person | None, *kinds: str) -> Draft:
    if by is None or not by.is_active:
        raise NotAllowed(by, "move a draft")
    hold(f"questions.drafts.{by.id}")
    draft = get_draft(draft_id, seen_by=by)
    if draft.kind not in kinds:
        raise NotFound(draft_id)
    return draft


def _says_the_same(draft: Draft, before: Draft) -> bool:
    is_recent = draft.saved_at - before.saved_at < AGAIN
    return is_recent and all(getattr(draft, name) == getattr(before, name) for name in MOST)


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
