"""Badges: what is counted for whom, at which counts a step is won, and who holds it."""
