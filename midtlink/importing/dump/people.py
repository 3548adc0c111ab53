"""People of a dump and their badges: authors to name, who cannot sign in and are never invited."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, select

from midtlink.events import hold, in_transaction
from midtlink.extensions import db
from midtlink.importing import rules
from midtlink.importing.bulk.converging import converge, parts, update_rows
from midtlink.importing.bulk.rendering import Rendered, Renderer, Text
from midtlink.importing.bulk.tables import badges, people
from midtlink.importing.models import ImportedBadge
from midtlink.importing.report import Report
from midtlink.importing.scratch import Scratch, Values
from midtlink.people.models import Department
from midtlink.people.rules import LONGEST_NAME

PAGE = 500
BADGE = ("person_id", "name", "level", "is_for_tag", "given_at", "origin", "origin_key")


def store_people(scratch: Scratch, origin: str, report: Report, renderer: Renderer) -> None:
    """Store the dump's users as people of the imported department, with their badges."""
    for page in scratch.pages("Users", PAGE):
        given = scratch.about("Badges", [row["Id"] for row in page])
        rendered = renderer(_new_texts(page, origin))
        part = in_transaction(lambda: _store_page(page, given, rendered, origin))  # noqa: B023
        report.add(part)
        for row in page:
            where = ("Users", str(row["Id"]), "AboutMe")
            rendered.tell((row.get("AboutMe", ""), "html"), where, report)


def _new_texts(page: list[Values], origin: str) -> Iterator[Text]:
    stored = _stored(page, origin)
    for row in page:
        about = row.get("AboutMe", "")
        known = stored.get(str(row["Id"]))
        if known is None or known["about"] != about:
            yield about, "html"


def _store_page(
    page: list[Values], given: dict[int, list[Values]], rendered: Rendered, origin: str
) -> Report:
    hold(f"import.{origin}")
    report = Report()
    stored = _stored(page, origin)
    department_id = _department_id()
    taken = _taken([rules.username(origin, str(row["Id"])) for row in page], origin)
    wanted: dict[int, Values] = {}
    added = []
    for row in page:
        key = str(row["Id"])
        known = stored.get(key)
        values = _values(row, known, rendered) | {"department_id": department_id}
        if known is None:
            added.append(values | _new(key, origin, taken))
        elif known["is_active"]:
            report.kept.append(f"user {key}: became a colleague here ({known['username']})")
        else:
            wanted[known["id"]] = values
    for part in parts(added, PAGE):
        db.session.execute(insert(people), part)
    changed = update_rows(people, {row["id"]: row for row in stored.values()}, wanted)
    report.wrote("people added", len(added))
    report.wrote("people changed", len(changed))
    report.stored["Users"] += len(page)
    _store_badges(page, given, origin, report)
    return report


def _stored(page: list[Values], origin: str) -> dict[str, Values]:
    keys = [str(row["Id"]) for row in page]
    statement = select(people).where(people.c.origin == origin, people.c.origin_key.in_(keys))
    return {row["origin_key"]: dict(row) for row in db.session.execute(statement).mappings()}


def _department_id() -> int:
    name = rules.DEPARTMENT
    known = db.session.scalar(select(Department.id).where(Department.name == name))
    if known is not None:
        return known
    hold("import.department")
    department = db.session.scalar(select(Department).where(Department.name == name))
    if department is None:
        department = Department(name=name)
        db.session.add(department)
        db.session.flush()
    return department.id


def _taken(usernames: list[str], origin: str) -> set[str]:
    """Return the usernames that somebody else has: a colleague, or a person of another source."""
    statement = select(people.c.username).where(
        people.c.username.in_(usernames),
        (people.c.origin != origin) | people.c.origin.is_(None),
    )
    return set(db.session.scalars(statement))


def _values(row: Values, known: Values | None, rendered: Rendered) -> dict[str, Any]:
    about = row.get("AboutMe", "")
    is_known = known is not None and known["about"] == about
    shown = (about, known["about_html"]) if is_known and known else rendered.show(about, "html")
    return {
        "name": rules.cut(row.get("DisplayName", ""), LONGEST_NAME) or f"user{row['Id']}",
        "about": shown[0],
        "about_format": "html",
        "about_html": shown[1],
        "created_at": rules.read_moment(row["CreationDate"]),
    }


def _new(key: str, origin: str, taken: set[str]) -> dict[str, Any]:
    name = rules.username(origin, key)
    return {
        "username": f"{name}-{origin}" if name in taken else name,
        "origin": origin,
        "origin_key": key,
        "is_active": False,
    }


def _store_badges(
    page: list[Values], given: dict[int, list[Values]], origin: str, report: Report
) -> None:
    ids = {key: row["id"] for key, row in _stored(page, origin).items()}
    wanted = [
        {
            "person_id": ids[str(badge["UserId"])],
            "name": rules.cut(badge["Name"], LONGEST_NAME),
            "level": badge.get("Class", 3),
            "is_for_tag": badge.get("TagBased") == "True",
            "given_at": rules.read_moment(badge["Date"]),
            "origin": origin,
            "origin_key": str(badge["Id"]),
        }
        for rows in given.values()
        for badge in rows
    ]
    scope = (ImportedBadge.origin == origin) & ImportedBadge.person_id.in_(list(ids.values()))
    converge(badges, BADGE, wanted, scope, report)
    report.stored["Badges"] += len(wanted)
