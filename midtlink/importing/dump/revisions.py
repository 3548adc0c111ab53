"""Put revisions together from a post's history: each row holds a title, a body or tags."""

from typing import Any

from midtlink.importing import rules
from midtlink.importing.bulk.wanted import LONGEST_TAGS, Ref, WantedRevision
from midtlink.importing.dump.authors import author
from midtlink.questions.rules import LONGEST_TITLE

Values = dict[str, Any]
LONGEST_SUMMARY = 500


def read_revisions(history: list[Values], ref: Ref, people: set[int]) -> list[WantedRevision]:
    """Return a post's revisions from the first, each whole."""
    state = {"title": "", "source": "", "tags": ""}
    revisions = []
    for number, rows in enumerate(_groups(history), start=1):
        for row in rows:
            state |= _part(row)
        revisions.append(_revision(rows, ref, number, state, people))
    return revisions


def _groups(history: list[Values]) -> list[list[Values]]:
    """Return the rows that were written together: one GUID, or one moment where there is none."""
    groups: dict[str, list[Values]] = {}
    for row in sorted(history, key=lambda row: (row["CreationDate"], row["Id"])):
        groups.setdefault(row.get("RevisionGUID") or row["CreationDate"], []).append(row)
    return list(groups.values())


def _part(row: Values) -> dict[str, str]:
    kind, text = row["PostHistoryTypeId"], row.get("Text", "")
    if kind in rules.TITLES:
        return {"title": rules.cut(text, LONGEST_TITLE)}
    if kind in rules.BODIES:
        return {"source": text}
    return {"tags": _joined(text)}


def _joined(tags: str) -> str:
    return " ".join(rules.split_tags(tags))[:LONGEST_TAGS]


def _revision(
    rows: list[Values], ref: Ref, number: int, state: dict[str, str], people: set[int]
) -> WantedRevision:
    first = rows[0]
    made_at = rules.read_moment(first["CreationDate"])
    comments = dict.fromkeys(row["Comment"] for row in rows if row.get("Comment"))
    by_key, by_name = author(first, "UserId", "UserDisplayName", people)
    return WantedRevision(
        post=ref,
        key=str(min(row["Id"] for row in rows)),
        number=number,
        source_format="markdown",
        summary=rules.cut("; ".join(comments), LONGEST_SUMMARY),
        by_key=by_key,
        by_name=by_name,
        made_at=made_at,
        licence=rules.licence(first.get("ContentLicense"), made_at),
        **state,
    )
