"""What gives points, what they allow, and who sees them: all from the rules that hold now."""

from dataclasses import dataclass

from flask import render_template

from midtlink.access import MEMBER, allow, current_person
from midtlink.people.models import Person
from midtlink.people.privileges import OPEN, PRIVILEGES, Privilege, has_privilege, preset
from midtlink.reputation import rules
from midtlink.reputation.ledger.recording import current_values
from midtlink.reputation.views import point_words
from midtlink.reputation.views.blueprint import pages
from midtlink.settings import queries as settings
from midtlink.topics.rules import KNOWN_ACCEPTED, KNOWN_POINTS


@dataclass(frozen=True, kw_only=True)
class PrivilegeRow:
    """A privilege, from how many points on one has it, and whether this person has."""

    words: str
    threshold: int
    is_had: bool
    missing: int


@pages.get("/point")
@allow(MEMBER)
def points_explained() -> str:
    """Explain points, privileges and badges."""
    person, values = current_person(), current_values()
    return render_template(
        "reputation/explained.html",
        points_are_on=settings.is_on("points_are_on"),
        rules=[(point_words.RULES[key], values.worth(key)) for key in rules.RULES],
        cap=values.daily_cap,
        votes_per_day=settings.number("votes_per_day"),
        privileges=[_row(each, person) for each in PRIVILEGES.values()],
        is_open=preset() == OPEN,
        known_points=KNOWN_POINTS,
        known_accepted=KNOWN_ACCEPTED,
    )


def _row(privilege: Privilege, person: Person) -> PrivilegeRow:
    threshold = privilege.threshold(preset())
    return PrivilegeRow(
        words=str(point_words.PRIVILEGES[privilege.key]),
        threshold=threshold,
        is_had=has_privilege(person, privilege.key),
        missing=max(0, threshold - person.reputation),
    )
