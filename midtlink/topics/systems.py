"""Adding systems, saying what they are, how they run, and that they are no longer in use."""

from collections.abc import Sequence
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
from midtlink.topics.events import SystemAdded, SystemChanged, SystemStatusSet
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


def save_system(system: System | None, about: Description, *, by: Person | None) -> System:
    """Add a system (None), or change one; its address never changes. Raises Refused."""
    with transaction():
        hold("topics.systems")
        if by is None or not may_save_systems(by):
            raise NotAllowed(by, "save", system)
        texts = _clean(about)
        owner_id = _owner_id(about.owner)
        others = [each for each in _all_systems() if each is not system]
        if rules.fold(texts["name"]) in {rules.fold(each.name) for each in others}:
            raise Refused("name", "taken")
        is_new = system is None
        system = system or System(slug=rules.slug(texts["name"], {each.slug for each in others}))
        _fill(system, texts | {"owner_id": owner_id, "is_active": about.is_active})
        kind = SystemAdded if is_new else SystemChanged
        publish(kind(system_id=system.id, by_id=by.id))
        return system


def set_status(system: System, line: str, *, is_running: bool, by: Person | None) -> None:
    """Say how a system runs: whether all is well, and a line about it."""
    with transaction():
        if by is None or not may_set_status(by, system):
            raise NotAllowed(by, "set the status of", system)
        least = 0 if is_running else 1
        db.session.refresh(system, with_for_update={"of": System})
        line = clean_line(line, "status_line", most=rules.LONGEST_STATUS, least=least)
        guarding.check({"status_line": line})
        if (system.status_line, system.is_running) != (line, is_running):
            system.status_line, system.is_running = line, is_running
            fact = SystemStatusSet(system_id=system.id, is_running=is_running, by_id=by.id)
            publish(fact)


def described(system: System | None) -> Description:
    """Return what is typed about a system so far, for the form that changes it."""
    if system is None:
        return Description(name="")
    known = {each.name: getattr(system, each.name) for each in fields(Description)}
    owner = system.owner.username if system.owner else ""
    return Description(**known | {"owner": owner})


def _clean(about: Description) -> dict[str, str]:
    typed = asdict(about)
    least = {"name": 1}
    texts = {
        field: clean_line(typed[field], field, most=most, least=least.get(field, 0))
        for field, most in MOST.items()
    }
    guarding.check(texts)
    return texts


def _owner_id(username: str) -> int | None:
    if not username.strip():
        return None
    owner = find_person(username)
    if owner is None or not owner.is_active:
        raise Refused("owner", "unknown_person")
    return owner.id


def _all_systems() -> Sequence[System]:
    return db.session.scalars(select(System)).all()


def _fill(system: System, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(system, name, value)
    db.session.add(system)
    db.session.flush()
