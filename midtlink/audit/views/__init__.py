"""The page of the journal."""

from midtlink.audit.views.journal import pages

__all__ = ["pages"]
