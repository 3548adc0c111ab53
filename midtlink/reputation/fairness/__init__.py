"""Votes that look arranged: found every night, decided by a moderator."""
