"""The pages of people: signing in, one's own page, colleagues, and their administration."""

from midtlink.people.views import (
    administration,
    following,
    forgotten,
    loading,
    me,
    password_link,
    person,
    places,
    profile,
    remaining,
    renewing,
    showing,
    sign_in,
    sign_ins,
)
from midtlink.people.views.blueprint import pages

__all__ = [
    "administration",
    "following",
    "forgotten",
    "loading",
    "me",
    "pages",
    "password_link",
    "person",
    "places",
    "profile",
    "remaining",
    "renewing",
    "showing",
    "sign_in",
    "sign_ins",
]
