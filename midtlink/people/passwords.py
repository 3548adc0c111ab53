"""Choosing a password. A new one ends every other sign-in and every link that was waiting."""

from sqlalchemy import update

from midtlink import clock
from midtlink.events import in_transaction, publish, transaction
from midtlink.extensions import db
from midtlink.people import hashing
from midtlink.people.attempts import forget_attempts, note_failure, reserve_attempt
from midtlink.people.events import PasswordSet
from midtlink.people.identity import fold
from midtlink.people.models import PasswordLink, Person
from midtlink.people.queries import get_person_by_id
from midtlink.people.rules import COMMON_PASSWORDS, FEWEST_CHARACTERS, LONGEST_PASSWORD
from midtlink.people.signing_out import end_sign_ins
from midtlink.refusals import Conflict, Refused
from midtlink.settings import queries as settings


def change_password(person: Person, current: str, new: str, *, sign_in_id: int | None) -> None:
    """Change one's own password; the sign-in one sits at lives on.

    Raises Refused (of "current" or "password") or SignInsStopped: guessing the current password
    counts as guessing at sign-in.
    """
    person_id, stored = person.id, person.password_hash
    username = person.username
    used = in_transaction(lambda: reserve_attempt(username, ""))
    if not hashing.matches(stored, current):
        in_transaction(lambda: note_failure(used, person_id))
        raise Refused("current", "wrong_password")
    in_transaction(lambda: forget_attempts(username))
    check_new_password(new, username)
    hashed = hashing.hash_password(new)

    def work() -> None:
        fresh = get_person_by_id(person_id)
        if fresh.password_hash != stored:
            raise Conflict(person_id)
        store_password(fresh, hashed, by_id=person_id, kept_sign_in_id=sign_in_id)

    in_transaction(work)


def check_new_password(new: str, username: str, field: str = "password") -> None:
    """Raise Refused for a password that is too short, too long or among the first guesses."""
    least = settings.number("shortest_password")
    if len(new) < least:
        raise Refused(field, "password_too_short", least=least)
    if len(new) > LONGEST_PASSWORD:
        raise Refused(field, "password_too_long", most=LONGEST_PASSWORD)
    folded = fold(new)
    if len(set(folded)) < FEWEST_CHARACTERS or any(guess in folded for guess in COMMON_PASSWORDS):
        raise Refused(field, "password_too_common")
    if fold(username) in folded and len(folded) - len(username) < least // 2:
        raise Refused(field, "password_like_username")


def store_password(
    person: Person, hashed: str, *, by_id: int | None, kept_sign_in_id: int | None = None
) -> None:
    """Give a person a password that was checked and hashed."""
    with transaction():
        person.password_hash = hashed
        forget_attempts(person.username)
        end_links(person.id)
        end_sign_ins(person.id, except_id=kept_sign_in_id, by_id=by_id)
        publish(PasswordSet(by_id=by_id, person_id=person.id))


def end_links(person_id: int) -> None:
    """End the password links of a person that still wait."""
    with transaction():
        is_waiting = PasswordLink.ended_at.is_(None), PasswordLink.used_at.is_(None)
        db.session.execute(
            update(PasswordLink)
            .where(PasswordLink.person_id == person_id, *is_waiting)
            .values(ended_at=clock.now())
        )
