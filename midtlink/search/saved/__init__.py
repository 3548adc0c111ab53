"""Searches that people keep: saving them, and counting what is new."""
