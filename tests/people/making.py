"""Passwords for the cast."""

from functools import cache

from midtlink.events import in_transaction
from midtlink.people import signing_in
from midtlink.people.hashing import hash_password
from midtlink.people.queries import get_person

PASSWORD = "en lang nattevagt"
OTHER_PASSWORD = "tre kopper sort kaffe"


@cache
def hashed(password):
    """Hash each password of the tests once."""
    return hash_password(password)


def with_password(person, password=PASSWORD):
    """Give a person of the cast a password."""

    def work():
        get_person(person.username).password_hash = hashed(password)

    in_transaction(work)
    return person


def sign_in(username, password=PASSWORD, **more):
    """Sign in at a shared computer and return the token."""
    facts = {"is_own_computer": False, "browser": "Edge, Windows", "address": "10.0.0.1"}
    return signing_in.sign_in(username, password, **(facts | more))
