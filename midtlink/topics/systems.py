"""Adding systems, saying what they are, how they run, and that they are no longer in use."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select

from midtlink import guarding
from midtlink.access import NotAllowed
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.people.queries import find_person
from midtlink.refusals import Refused
from midtlink.texts import clean_line
from midtlink.topics import rules
from midtlink.topics.events import (
    SystemAdded,
    SystemChanged,
    SystemGuardOverruled,
    SystemStatusSet,
)
from midtlink.topics.models import System
from midtlink.topics.policy import may_save_systems, may_set_status

MOST = {
    "name": rules.LONGEST_NAME,
    "purpose": rules.LONGEST_PURPOSE,
    "words": rules.LONGEST_WORDS,
    "owner_team": rules.LONGEST_TEAM,
    "support_phone": rules.LONGEST_PHONE,
    "promise": rules.LONGEST_PROMISE,
}
#: /administration/systemer/ny adds a system: it cannot be the address of one.
NO_SLUGS = {"ny"}


@dataclass(frozen=True, kw_only=True)
class Description:
    """What an administrator types about a system; `owner` is a username or nothing."""

    name: str
    purpose: str = ""
    words: str = ""
    owner: str = ""
    owner_team: str = ""
    support_phone: str = ""
    promise: str = ""
    is_active: bool = True


def save_system(
    system: System | None,
    about: Description,
    *,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> System:
    """Add a system (None), or change one; its address never changes.

    Raises Refused or PatientDataFound.
    """
    with transaction():
        hold("topics.systems")
        if by is None or not may_save_systems(by):
            raise NotAllowed(by, "save", system)
        texts, overruled = _clean(about, system, not_cpr)
        owner_id = _owner_id(about.owner, not_cpr)
        others = [each for each in _all_systems() if each is not system]
        if rules.fold(texts["name"]) in {rules.fold(each.name) for each in others}:
            raise Refused("name", "taken")
        is_new = system is None
        taken = {each.slug for each in others} | NO_SLUGS
        system = system or System(slug=rules.slug(texts["name"], taken))
        _fill(system, texts | {"owner_id": owner_id, "is_active": about.is_active})
        kind = SystemAdded if is_new else SystemChanged
        publish(kind(system_id=system.id, by_id=by.id))
        _tell_overruled(system, overruled, by)
        return system


def set_status(
    system: System,
    line: str,
    *,
    is_running: bool,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Say how a system runs: whether all is well, and a line about it.

    Raises Refused or PatientDataFound.
    """
    with transaction():
        if by is None or not may_set_status(by, system):
            raise NotAllowed(by, "set the status of", system)
        least = 0 if is_running else 1
        db.session.refresh(system, with_for_update={"of": System})
        line = clean_line(line, "status_line", most=rules.LONGEST_STATUS, least=least)
        known = system.status_line
        overruled = guarding.check({"status_line": line}, overruled=not_cpr, known=known)
        if (system.status_line, system.is_running) != (line, is_running):
            system.status_line, system.is_running = line, is_running
            fact = SystemStatusSet(system_id=system.id, is_running=is_running, by_id=by.id)
            publish(fact)
            _tell_overruled(system, overruled, by)


def described(system: System | None) -> Description:
    """Return what is typed about a system so far, for the form that changes it."""
    if system is None:
        return Description(name="")
    known = {each.name: getattr(system, each.name) for each in fields(Description)}
    owner = system.owner.username if system.owner else ""
    return Description(**known | {"owner": owner})


def _clean(
    about: Description, system: System | None, not_cpr: Iterable[str]
) -> tuple[dict[str, str], int]:
    """Return the texts fit to store, and how many finds in them were overruled."""
    typed = asdict(about)
    least = {"name": 1}
    texts = {
        field: clean_line(typed[field], field, most=most, least=least.get(field, 0))
        for field, most in MOST.items()
    }
    known = "\n\n".join(getattr(system, field) for field in MOST) if system else ""
    return texts, guarding.check(texts, overruled=not_cpr, known=known)


def _owner_id(username: str, not_cpr: Iterable[str]) -> int | None:
    if not username.strip():
        return None
    owner = find_person(username)
    if owner is None or not owner.is_active:
        guarding.check({"owner": username}, overruled=not_cpr)
        raise Refused("owner", "unknown_person")
    return owner.id


def _all_systems() -> Sequence[System]:
    return db.session.scalars(select(System)).all()


def _fill(system: System, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(system, name, value)
    db.session.add(system)
    db.session.flush()


def _tell_overruled(system: System, count: int, by: Person) -> None:
    if count:
        publish(SystemGuardOverruled(system_id=system.id, by_id=by.id, count=count))
