"""Forms of texts: what was typed, why it was refused, and what its choices are called."""

from midtlink.questions.forms.typed import Typed, attempt, flash_undo, read_form
from midtlink.questions.forms.words import (
    CLOSING_WORDS,
    FLAG_WORDS,
    HIDDEN_BY_MODERATOR,
    HIDDEN_WORDS,
)

__all__ = [
    "CLOSING_WORDS",
    "FLAG_WORDS",
    "HIDDEN_BY_MODERATOR",
    "HIDDEN_WORDS",
    "Typed",
    "attempt",
    "flash_undo",
    "read_form",
]
