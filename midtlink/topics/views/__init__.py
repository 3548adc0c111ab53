"""The pages of topics: systems, tags, and their administration."""

from midtlink.topics.views import (
    administration,
    duty,
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
    "duty",
    "merging",
    "overview",
    "pages",
    "super_users",
    "synonyms",
    "system",
    "tag",
]
