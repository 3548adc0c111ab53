"""What a person says and chooses about themselves."""

from collections.abc import Iterable

from midtlink import guarding, markup
from midtlink.access import NotAllowed
from midtlink.events import publish, transaction
from midtlink.people.events import ProfileChanged, ProfileGuardOverruled
from midtlink.people.models import Person
from midtlink.people.policy import may_change_profile
from midtlink.people.queries import get_person_by_id
from midtlink.people.rules import LANGUAGES, LONGEST_ABOUT, LONGEST_PHONE, LONGEST_TITLE, THEMES
from midtlink.refusals import BadInput
from midtlink.texts import clean_body, clean_line


def change_profile(
    person: Person,
    *,
    about: str,
    title: str,
    phone: str,
    by: Person | None,
    not_cpr: Iterable[str] = (),
) -> None:
    """Change what colleagues read about a person. Raises Refused or PatientDataFound."""
    with transaction():
        _demand_own(person, by)
        texts = {
            "about": clean_body(about, "about", most=LONGEST_ABOUT),
            "title": clean_line(title, "title", most=LONGEST_TITLE),
            "phone": clean_line(phone, "phone", most=LONGEST_PHONE),
        }
        known = "\n".join((person.about, person.title, person.phone))
        overruled = guarding.check(texts, overruled=not_cpr, known=known)
        person.about, person.title, person.phone = texts.values()
        person.about_format = "markdown"
        person.about_html = markup.render(person.about, limit=LONGEST_ABOUT)
        publish(ProfileChanged(by_id=person.id, person_id=person.id))
        if overruled:
            publish(ProfileGuardOverruled(by_id=person.id, person_id=person.id, count=overruled))


def choose_appearance(
    person: Person, *, language: str, theme: str, uses_shortcuts: bool, by: Person | None
) -> None:
    """Remember how a person wants MidtLink to look and behave."""
    with transaction():
        _demand_own(person, by)
        if language not in LANGUAGES or theme not in THEMES:
            raise BadInput("appearance")
        person.language, person.theme, person.uses_shortcuts = language, theme, uses_shortcuts


def choose_language(person_id: int, language: str) -> None:
    """Remember the language that a person reads."""
    with transaction():
        get_person_by_id(person_id).language = language


def _demand_own(person: Person, by: Person | None) -> None:
    if not may_change_profile(by, person):
        raise NotAllowed(by, "change the profile of", person)
