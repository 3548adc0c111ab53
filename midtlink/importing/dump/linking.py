"""What ties two threads together, once both are stored: closings as duplicate, links."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_, select

from midtlink.events import hold, in_transaction, publish
from midtlink.extensions import db
from midtlink.importing import rules
from midtlink.importing.bulk import states
from midtlink.importing.bulk.converging import converge
from midtlink.importing.bulk.lookups import lock_threads, people_ids, post_ids
from midtlink.importing.bulk.tables import closures, links
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch, Values
from midtlink.questions.events import Imported
from midtlink.questions.models import ANSWER, QUESTION
from midtlink.questions.records import Closure
from midtlink.questions.rules import DUPLICATE

PAGE = 500
CLOSURE = ("question_id", "reason", "note", "duplicate_of_id", "by_id", "closed_at", "reopened_at",
           "origin", "origin_key")  # fmt: skip
LINK = ("from_id", "to_id", "made_at", "origin", "origin_key")


def store_closings(scratch: Scratch, origin: str, report: Report) -> None:
    """Close and reopen questions as their history says."""
    for page in scratch.pages("Posts", PAGE, kind=rules.QUESTION_TYPE):
        history = scratch.about("PostHistory", [row["Id"] for row in page])
        report.add(in_transaction(lambda: _close(page, history, origin)))  # noqa: B023


def store_links(scratch: Scratch, origin: str, report: Report) -> None:
    """Store which posts the dump links to which."""
    for kind in (rules.QUESTION_TYPE, rules.ANSWER_TYPE):
        for page in scratch.pages("Posts", PAGE, kind=kind):
            rows = scratch.about("PostLinks", [row["Id"] for row in page])
            report.add(in_transaction(lambda: _link(page, rows, origin)))  # noqa: B023


def read_closings(row: Values, history: Sequence[Values]) -> list[Values]:
    """Return a question's closings, oldest first; `duplicate_of` is the other's key or None."""
    found: list[Values] = []
    for each in sorted(history, key=lambda row: (row["CreationDate"], row["Id"])):
        at = rules.read_moment(each["CreationDate"])
        if found and found[-1]["reopened_at"] is None:
            found[-1]["reopened_at"] = at
        if each["PostHistoryTypeId"] == rules.CLOSING:
            found.append(_closing(each, at))
    return _with_state(found, row)


def _closing(row: Values, at: Any) -> Values:
    code = row.get("Comment", "")
    facts = _facts(row.get("Text", ""))
    reason, note = rules.CLOSE_REASONS.get(code, (rules.UNKNOWN_REASON[0], rules.cut(code, 500)))
    originals = facts.get("OriginalQuestionIds")
    first = originals[0] if isinstance(originals, list) and originals else None
    return {
        "key": str(row["Id"]),
        "reason": reason,
        "note": note or rules.UNKNOWN_REASON[1],
        "duplicate_of": str(first) if reason == DUPLICATE and isinstance(first, int) else None,
        "by_key": str(row["UserId"]) if "UserId" in row else None,
        "closed_at": at,
        "reopened_at": None,
    }


def _facts(text: str) -> Values:
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return facts if isinstance(facts, dict) else {}


def _with_state(found: list[Values], row: Values) -> list[Values]:
    """Let the question's own ClosedDate decide whether the last closing stands."""
    closed = row.get("ClosedDate")
    stands = bool(found) and found[-1]["reopened_at"] is None
    if stands and not closed:
        found[-1]["reopened_at"] = found[-1]["closed_at"]
    if closed and not stands:
        at = rules.read_moment(closed)
        reason, note = rules.UNKNOWN_REASON
        found.append(
            {"key": f"post:{row['Id']}", "reason": reason, "note": note, "duplicate_of": None,
             "by_key": None, "closed_at": at, "reopened_at": None}
        )  # fmt: skip
    return found


def _close(page: list[Values], history: dict[int, list[Values]], origin: str) -> Report:
    hold(f"import.{origin}")
    report = Report()
    wanted: dict[str, list[Values]] = {}
    for row in page:
        rows = [each for each in history.get(row["Id"], []) if _is_closing(each)]
        wanted[str(row["Id"])] = read_closings(row, rows)
        report.stored["PostHistory"] += len(rows)
    originals = {each["duplicate_of"] for rows in wanted.values() for each in rows}
    keys = {*wanted, *(key for key in originals if key)}
    ids = post_ids(origin, [(QUESTION, key) for key in keys])
    people = people_ids(
        origin, {each["by_key"] for rows in wanted.values() for each in rows if each["by_key"]}
    )
    open_ids = {ids[QUESTION, key]: key for key in wanted if (QUESTION, key) in ids}
    lock_threads(open_ids)
    for at in _closed_here(list(open_ids)):
        del open_ids[at]
    rows = [
        _row(at, each, ids, people, origin) for at, key in open_ids.items() for each in wanted[key]
    ]
    scope = closures.c.question_id.in_(open_ids) & (closures.c.origin == origin)
    is_changed = converge(closures, CLOSURE, rows, scope, report)
    if is_changed and (changed := states.refresh(open_ids, report)):
        publish(Imported(origin=origin, post_ids=tuple(sorted(changed)), by_id=None))
    return report


def _is_closing(row: Values) -> bool:
    return row["PostHistoryTypeId"] in (rules.CLOSING, rules.REOPENING)


def _closed_here(ids: list[int]) -> set[int]:
    """Return the questions that a colleague closed or reopened."""
    here = or_(Closure.origin.is_(None), Closure.reopened_by_id.is_not(None))
    statement = select(Closure.question_id).where(Closure.question_id.in_(ids), here)
    return set(db.session.scalars(statement))


def _row(
    at: int, closing: Values, ids: dict[tuple[str, str], int], people: dict[str, int], origin: str
) -> Values:
    original = ids.get((QUESTION, closing["duplicate_of"] or ""))
    reason, note = closing["reason"], closing["note"]
    if reason == DUPLICATE and (original is None or original == at):
        original, (reason, note) = None, rules.LOST_DUPLICATE
    return {
        "question_id": at,
        "reason": reason,
        "note": "" if reason == DUPLICATE else note,
        "duplicate_of_id": original,
        "by_id": people.get(closing["by_key"] or ""),
        "closed_at": closing["closed_at"],
        "reopened_at": closing["reopened_at"],
        "origin": origin,
        "origin_key": closing["key"],
    }


def _link(page: list[Values], rows: dict[int, list[Values]], origin: str) -> Report:
    hold(f"import.{origin}")
    report = Report()
    named = {row["Id"] for row in page}
    ends = {str(each["RelatedPostId"]) for part in rows.values() for each in part}
    keys = {str(key) for key in named} | ends
    ids = {
        key: at
        for (_, key), at in post_ids(
            origin, [(kind, key) for kind in (QUESTION, ANSWER) for key in keys]
        ).items()
    }
    wanted = []
    for each in (each for part in rows.values() for each in part):
        start, end = ids.get(str(each["PostId"])), ids.get(str(each["RelatedPostId"]))
        if start is None or end is None:
            report.leave_out("PostLinks", "to a post not in the dump")
            continue
        report.stored["PostLinks"] += 1
        made_at = rules.read_moment(each["CreationDate"])
        wanted.append(
            {"from_id": start, "to_id": end, "made_at": made_at, "origin": origin,
             "origin_key": str(each["Id"])}
        )  # fmt: skip
    starts = [ids[str(key)] for key in named if str(key) in ids]
    scope = links.c.from_id.in_(starts) & (links.c.origin == origin)
    converge(links, LINK, wanted, scope, report)
    return report
