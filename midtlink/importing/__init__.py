"""Bringing in what other places hold: Stack Exchange dumps, questions as JSON lines."""
