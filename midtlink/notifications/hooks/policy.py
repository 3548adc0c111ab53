"""Who looks after hooks. Nobody (None) is always a refusal."""

from midtlink.access import ADMINISTRATOR
from midtlink.people.models import Person


def may_keep_hooks(person: Person | None) -> bool:
    """Administrators make hooks, try them and read their logs."""
    return person is not None and person.has_role(ADMINISTRATOR)
