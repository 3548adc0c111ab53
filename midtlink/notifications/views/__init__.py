"""The pages of notices: each module adds its own to the blueprint."""

from midtlink.notifications.views import (
    choosing,
    feed_keys,
    feeds,
    hooks,
    inbox,
    mail,
    unsubscribing,
)
from midtlink.notifications.views.blueprint import pages

__all__ = ["choosing", "feed_keys", "feeds", "hooks", "inbox", "mail", "pages", "unsubscribing"]
