"""Deciding flags, hiding and restoring, removing a text for ever."""
