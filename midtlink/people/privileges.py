"""What colleagues may do from how many points on. An employer's site needs few locks."""

from dataclasses import dataclass

from midtlink.access import ROLES
from midtlink.people.models import Person
from midtlink.settings import queries as settings

OPEN, HOSPITAL, STRICT = "open", "hospital", "strict"
VOTE, FLAG, SUGGEST, MAKE_TAGS = "vote", "flag", "suggest", "make_tags"
EDIT_OTHERS, REVIEW_QUEUES, CLOSE_DUPLICATES = "edit_others", "review_queues", "close_duplicates"


@dataclass(frozen=True)
class Privilege:
    """Something that one may do from so many points on, in each of the presets."""

    key: str
    hospital: int
    strict: int
    open: int = 1
    #: Everyday things are nobody's reward: whoever has a role does them without points.
    is_everyday: bool = False

    def threshold(self, preset: str) -> int:
        """Return the points that a preset asks for."""
        thresholds: dict[str, int] = {OPEN: self.open, HOSPITAL: self.hospital, STRICT: self.strict}
        return thresholds[preset]


PRIVILEGES = {
    privilege.key: privilege
    for privilege in (
        Privilege(VOTE, hospital=1, strict=5, is_everyday=True),
        Privilege(FLAG, hospital=1, strict=5, is_everyday=True),
        Privilege(SUGGEST, hospital=1, strict=5, is_everyday=True),
        Privilege(MAKE_TAGS, hospital=1, strict=50, is_everyday=True),
        Privilege(EDIT_OTHERS, hospital=100, strict=500),
        Privilege(REVIEW_QUEUES, hospital=250, strict=1_000),
        Privilege(CLOSE_DUPLICATES, hospital=500, strict=2_000),
    )
}


def preset() -> str:
    """Return the preset that holds. Where points are switched off nobody can be asked for any."""
    return settings.text("privilege_preset") if settings.is_on("points_are_on") else OPEN


def has_privilege(person: Person | None, key: str) -> bool:
    """Say whether an active colleague has the points for something, or a role that does it."""
    if person is None or not person.is_active:
        return False
    if PRIVILEGES[key].is_everyday and person.has_role(*ROLES):
        return True
    return person.reputation >= PRIVILEGES[key].threshold(preset())
