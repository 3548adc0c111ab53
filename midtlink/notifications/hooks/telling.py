"""Writing down which hooks shall be told of a fact: one statement, however many there are."""

import secrets
import string
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, cast, exists, insert, literal, or_, select

from midtlink import clock
from midtlink.extensions import db
from midtlink.notifications.hooks.rules import EVENTS
from midtlink.notifications.records import WAITING, Delivery, Hook
from midtlink.questions.models import Post, Question

POSTS: Any = Post.__table__
QUESTIONS: Any = Question.__table__
DELIVERIES: Any = Delivery.__table__


class Happening(NamedTuple):
    """What is told: ids alone."""

    event: str
    question_id: int
    post_id: int
    facts: dict[str, int]


def new_token(length: int = 30) -> str:
    """Return random letters; digits among them might look like a CPR number."""
    return "".join(secrets.choice(string.ascii_letters) for _ in range(length))


def tell(what: Happening) -> None:
    """Let every hook that wants to know be told, as soon as the sweeper comes by."""
    wants = (literal(" ") + Hook.events + literal(" ")).contains(f" {what.event} ")
    hooks = select(Hook.id).where(Hook.is_active, wants)
    rows = _rows(what, receiving(what.event, what.question_id, what.post_id, among=hooks))
    db.session.execute(insert(DELIVERIES).from_select(list(rows.selected_columns.keys()), rows))


def receiving(
    event: str, question_id: int, post_id: int, *, among: Select[Any], before: int | None = None
) -> Select[Any]:
    """Keep the hooks that may be told of a post now; `before` is the delivery that would tell."""
    if EVENTS[event].is_away:
        return among.where(_was_told(question_id, post_id, before))
    is_about = [
        or_(Hook.system_id.is_(None), Hook.system_id == QUESTIONS.c.system_id),
        or_(Hook.department_id.is_(None), Hook.department_id == QUESTIONS.c.department_id),
    ]
    return among.join(QUESTIONS, QUESTIONS.c.id == question_id).where(
        *is_about, everybody_reads(post_id)
    )


def everybody_reads(post_id: int) -> ColumnElement[bool]:
    """Say whether a post and those that it hangs under are there for every member to read."""
    post, above = POSTS.alias(), POSTS.alias()
    hangs_under = above.c.id.in_((post.c.thread_id, post.c.parent_id))
    is_covered = exists().where(hangs_under, ~_is_there(above))
    return exists().where(post.c.id == post_id, _is_there(post), ~is_covered)


def _is_there(post: Any) -> ColumnElement[bool]:
    return post.c.hidden_at.is_(None) & post.c.deleted_at.is_(None) & post.c.redacted_at.is_(None)


def _was_told(question_id: int, post_id: int, before: int | None) -> ColumnElement[bool]:
    """Say whether the hook heard, or may yet hear, of the post or of what hangs under it.

    With `before` only what was called counts: what waits then is decided already.
    """
    told, under = DELIVERIES.alias(), select(POSTS.c.id).where(POSTS.c.parent_id == post_id)
    of_post = or_(
        told.c.post_id == post_id, told.c.question_id == post_id, told.c.post_id.in_(under)
    )
    conditions = [told.c.hook_id == Hook.id, told.c.question_id == question_id, of_post]
    if before is None:
        conditions.append(or_(told.c.tried_at.is_not(None), told.c.state == WAITING))
    else:
        conditions += [told.c.tried_at.is_not(None), told.c.id < before]
    return exists().where(*conditions)


def _rows(what: Happening, hooks: Select[Any]) -> Select[Any]:
    moment = clock.now()
    key = literal(f"{new_token()}-") + cast(Hook.id, String)
    said: dict[str, Any] = what._asdict() | {
        "happened_at": moment,
        "next_at": moment,
        "state": WAITING,
        "attempts": 0,
        "error": "",
    }
    columns = [literal(value, DELIVERIES.c[name].type).label(name) for name, value in said.items()]
    every: list[Any] = [Hook.id.label("hook_id"), key.label("delivery_key"), *columns]
    return hooks.with_only_columns(*every).order_by(Hook.id)


def ended(moment: datetime, state: str, error: str) -> dict[str, Any]:
    """Return what a delivery that nobody will send is set to."""
    return {"state": state, "ended_at": moment, "error": error}
