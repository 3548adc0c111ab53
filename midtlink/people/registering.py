"""Registering colleagues and changing what is known of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace

from midtlink import clock, guarding
from midtlink.events import hold, publish, transaction
from midtlink.extensions import db
from midtlink.people.events import PersonAdded, PersonChanged, PersonGuardOverruled
from midtlink.people.identity import fold
from midtlink.people.models import Department, Person
from midtlink.people.passwords import end_links
from midtlink.people.policy import Actor, demand_administrator
from midtlink.people.queries import find_person
from midtlink.people.rules import (
    EMAIL,
    LANGUAGES,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_PHONE,
    LONGEST_PROFESSION,
    LONGEST_TITLE,
    LONGEST_USERNAME,
    USERNAME,
)
from midtlink.refusals import Refused
from midtlink.texts import clean_line


@dataclass(frozen=True, kw_only=True)
class Particulars:
    """What a form or a list says of a person. None says nothing: what is known stays."""

    name: str | None = None
    email: str | None = None
    title: str | None = None
    profession: str | None = None
    phone: str | None = None
    language: str | None = None

    def cleaned(self) -> dict[str, str | None]:
        """Return the given fields, fit to store. Raises Refused."""
        given = {each.name: getattr(self, each.name) for each in fields(self)}
        return {key: CLEANERS[key](text) for key, text in given.items() if text is not None}


def register(
    username: str,
    particulars: Particulars,
    department: Department | None,
    *,
    by: Actor,
    not_cpr: Iterable[str] = (),
) -> Person:
    """Add a colleague. Raises PatientDataFound, and Refused also for what another one has."""
    with transaction():
        demand_administrator(by, "register", username)
        name = clean_username(username)
        named = replace(particulars, name=particulars.name or "")
        texts, overruled = checked(name, named, None, not_cpr=not_cpr)
        hold("people")
        if find_person(name):
            raise Refused("username", "taken")
        _demand_free_email(texts.get("email"), None)
        person = Person(username=name, created_at=clock.now(), department=department, **texts)
        db.session.add(person)
        db.session.flush()
        publish(PersonAdded(by_id=by.id, person_id=person.id))
        _tell_overruled(person, overruled, by)
        return person


def change(
    person: Person,
    particulars: Particulars,
    department: Department | None,
    *,
    by: Actor,
    not_cpr: Iterable[str] = (),
) -> bool:
    """Change what is known of a colleague; say whether that changed anything."""
    with transaction():
        demand_administrator(by, "change", person)
        texts, overruled = checked(person.username, particulars, person, not_cpr=not_cpr)
        if texts.get("email"):
            hold("people")
            _demand_free_email(texts["email"], person.id)
        new = {**texts, "department": department}
        changed = {key: value for key, value in new.items() if getattr(person, key) != value}
        for key, value in changed.items():
            setattr(person, key, value)
        if "email" in changed:
            end_links(person.id)  # Whoever reads the old address must not choose a password.
        if changed:
            publish(PersonChanged(by_id=by.id, person_id=person.id))
            _tell_overruled(person, overruled, by)
        return bool(changed)


def checked(
    username: str,
    particulars: Particulars,
    person: Person | None,
    *,
    not_cpr: Iterable[str] = (),
) -> tuple[dict[str, str | None], int]:
    """Return the given fields, fit to store, and how many finds in them were overruled.

    What is stored of the person was judged before. Raises Refused or PatientDataFound.
    """
    texts = particulars.cleaned()
    given = {"username": username} | {key: text for key, text in texts.items() if text}
    stored = [getattr(person, key) or "" for key in ("username", *CLEANERS)] if person else []
    return texts, guarding.check(given, overruled=not_cpr, known="\n\n".join(stored))


def clean_username(typed: str) -> str:
    """Return a username as it is stored. Raises Refused."""
    name = fold(clean_line(typed, "username", most=LONGEST_USERNAME, least=1))
    if len(name) > LONGEST_USERNAME or not USERNAME.fullmatch(name):
        raise Refused("username", "username")
    return name


def _clean_email(typed: str) -> str | None:
    email = fold(clean_line(typed, "email", most=LONGEST_EMAIL))
    if email and (len(email) > LONGEST_EMAIL or not EMAIL.fullmatch(email)):
        raise Refused("email", "email")
    return email or None


def _clean_language(typed: str) -> str:
    language = typed.strip().casefold() or LANGUAGES[0]
    if language not in LANGUAGES:
        raise Refused("language", "language")
    return language


def _line(field: str, most: int, least: int = 0) -> Callable[[str], str]:
    return lambda typed: clean_line(typed, field, most=most, least=least)


CLEANERS: Mapping[str, Callable[[str], str | None]] = {
    "name": _line("name", LONGEST_NAME, least=1),
    "email": _clean_email,
    "title": _line("title", LONGEST_TITLE),
    "profession": _line("profession", LONGEST_PROFESSION),
    "phone": _line("phone", LONGEST_PHONE),
    "language": _clean_language,
}


def _demand_free_email(email: str | None, own_id: int | None) -> None:
    if not email:
        return
    taken = db.session.query(Person.id).filter_by(email=email).one_or_none()
    if taken and taken.id != own_id:
        raise Refused("email", "taken")


def _tell_overruled(person: Person, count: int, by: Actor) -> None:
    if count:
        publish(PersonGuardOverruled(by_id=by.id, person_id=person.id, count=count))
