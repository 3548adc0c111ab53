"""What a person says and chooses about themselves."""

from midtlink.events import transaction
from midtlink.people.queries import get_person_by_id


def choose_language(person_id: int, language: str) -> None:
    """Remember the language that a person reads."""
    with transaction():
        get_person_by_id(person_id).language = language
