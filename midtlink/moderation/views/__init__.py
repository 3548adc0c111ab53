"""The pages of moderation: reports, hidden posts, texts removed for ever, suggested edits."""

from midtlink.moderation.views import deciding, flagging, hiding, suggestions
from midtlink.moderation.views.blueprint import pages

__all__ = ["deciding", "flagging", "hiding", "pages", "suggestions"]
