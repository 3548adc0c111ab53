"""The pages of points, thanks, badges and helpers: each module adds its own to the blueprint."""

from midtlink.reputation.views import (
    badges,
    explained,
    helping,
    ledger,
    own_awards,
    vote_patterns,
    whom_to_ask,
)
from midtlink.reputation.views.blueprint import pages

__all__ = [
    "badges",
    "explained",
    "helping",
    "ledger",
    "own_awards",
    "pages",
    "vote_patterns",
    "whom_to_ask",
]
