"""The pages of topics: systems, tags, and their administration."""

from midtlink.topics.views import (
    administration,
    merging,
    overview,
    super_users,
    synonyms,
    system,
    tag,
)
from midtlink.topics.views.blueprint import pages

__all__ = [
    "administration",
    "merging",
    "overview",
    "pages",
    "super_users",
    "synonyms",
    "system",
    "tag",
]
