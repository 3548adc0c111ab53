"""Bringing the people in step with a staff list. Roles are never read from a list."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlalchemy import select

from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.people.activating import deactivate
from midtlink.people.events import StaffImported
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person
from midtlink.people.organising import find_department, find_site, save_department, save_site
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.queries import find_person
from midtlink.people.registering import Particulars, change, checked, clean_username, register
from midtlink.people.staff_list import Line, StaffList
from midtlink.privacy import PatientDataFound
from midtlink.refusals import Refused

LINES_AT_ONCE = 200
REASONS = {
    "blank": "{field} is empty",
    "too_long": "{field} is longer than {most} characters",
    "controls": "{field} holds characters that nobody can see",
    "taken": "{field} belongs to another colleague",
    "username": "username may hold letters, digits, dot, dash, plus and underscore only",
    "email": "email is not an address",
    "language": "language is neither da nor en",
    "twice": "username stands in the list already",
    "two_sites": "the department stands in the list at another site already",
    "last_administrator": "this is the last administrator",
    "inactive": "the person is not active",
    "no_mail": "the person has no e-mail address, or mail is not set up",
    "password_too_short": "a password has at least {least} characters",
    "password_too_long": "a password has at most {most} characters",
    "password_too_common": "the password is one of the first that anybody guesses",
    "password_like_username": "the password is too much like the username",
}


@dataclass
class Report:
    """What a staff list led to. `refused` and `notes` are pairs of line number and words."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    deactivated: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """The figures alone."""
        return {
            name: len(value) if isinstance(value, list) else value
            for name, value in vars(self).items()
        }

    def add(self, other: "Report") -> None:
        """Take in what another part of the list led to."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)


@dataclass
class Progress:
    """What earlier lines of the list said: usernames, and the site of each department."""

    usernames: set[str] = field(default_factory=set)
    sites: dict[str, str] = field(default_factory=dict)


def import_staff(staff: StaffList, *, by: Actor, deactivates_missing: bool = False) -> Report:
    """Add and change people as the list says; reading it again changes nothing.

    What it does not name may be deactivated, but only when every line could be read: a refused
    line may well be the colleague who seems to be missing.
    """
    demand_administrator(by, "import staff")
    report, progress = Report(), Progress()
    for lines in _batches(staff.lines):
        before = Progress(set(progress.usernames), dict(progress.sites))

        def work(lines: list[Line] = lines, before: Progress = before) -> tuple[Report, Progress]:
            now = Progress(set(before.usernames), dict(before.sites))
            return _take_lines(lines, now, by), now

        part, progress = in_transaction(work)
        report.add(part)
    if deactivates_missing and not report.refused:
        missing = in_transaction(lambda: _deactivate_missing(progress.usernames, by))
        report.add(missing)
    in_transaction(lambda: _tell(report, by))
    return report


def _batches(lines: list[Line]) -> Iterator[list[Line]]:
    for start in range(0, len(lines), LINES_AT_ONCE):
        yield lines[start : start + LINES_AT_ONCE]


def _take_lines(lines: list[Line], progress: Progress, by: Actor) -> Report:
    report = Report()
    for line in lines:
        try:
            if line.refused:
                raise Refused("line", line.refused)
            with db.session.begin_nested():
                _take_line(line, progress, report, by)
        except Refused as refusal:
            words = REASONS.get(refusal.code, refusal.code)
            report.refused.append((line.number, words.format(field=refusal.field, **refusal.facts)))
        except PatientDataFound as found:
            report.refused.append((line.number, f"{found.field} holds a CPR number"))
    return report


def _take_line(line: Line, progress: Progress, report: Report, by: Actor) -> None:
    texts = dict(line.texts)
    username = clean_username(texts.pop("username"))
    if username in progress.usernames:
        raise Refused("username", "twice")
    progress.usernames.add(username)
    places = {key: texts.pop(key, None) for key in ("department", "site")}
    particulars = Particulars(**texts)
    person = find_person(username)
    checked(username, particulars, person)
    department = _find_or_save(places, person, progress, by)
    if person is None:
        register(username, particulars, department, by=by)
        report.added += 1
    elif change(person, particulars, department, by=by):
        report.changed += 1
    else:
        report.unchanged += 1
    if person is not None and not person.is_active:
        report.notes.append((line.number, "is deactivated and stays so"))


def _find_or_save(
    places: dict[str, str | None], person: Person | None, progress: Progress, by: Actor
) -> Department | None:
    """Return the line's department; without such a column, the one that is known."""
    name, place = places["department"], places["site"]
    if name is None:
        return person.department if person else None
    if not name.strip():
        return None
    known = find_department(name.strip())
    if not (place or "").strip():
        return known or save_department(None, name, None, by=by)
    site = find_site(str(place).strip()) or save_site(None, str(place), by=by)
    if progress.sites.setdefault(name.strip().casefold(), site.name) != site.name:
        raise Refused("site", "two_sites")
    return save_department(known, known.name if known else name, site, by=by)


def _deactivate_missing(named: set[str], by: Actor) -> Report:
    """Deactivate whoever the list does not name, imported people and the last administrator not."""
    report = Report()
    statement = select(Person).where(Person.is_active, Person.origin.is_(None)).order_by(Person.id)
    for person in db.session.scalars(statement).all():
        if fold(person.username) in named:
            continue
        try:
            deactivate(person, by=by)
            report.deactivated += 1
        except Refused:
            report.notes.append((0, f"{person.username} stays: the last administrator"))
    return report


def _tell(report: Report, by: Actor) -> None:
    counts = report.counts()
    counts.pop("notes")
    publish(StaffImported(by_id=by.id, **counts))
