"""The pages of people: signing in, one's own page, colleagues, and their administration."""

from midtlink.people.views import (
    administration,
    loading,
    me,
    password_link,
    profile,
    remaining,
    renewing,
    sign_in,
)
from midtlink.people.views.blueprint import pages

__all__ = [
    "administration",
    "loading",
    "me",
    "pages",
    "password_link",
    "profile",
    "remaining",
    "renewing",
    "sign_in",
]
