"""Forms of texts: what was typed, why it was refused, and what its choices are called."""

from midtlink.questions.forms.typed import (
    Errors,
    Found,
    Place,
    Typed,
    attempt,
    flash_undo,
    read_form,
)
from midtlink.questions.forms.words import (
    CLOSING_WORDS,
    FLAG_WORDS,
    HIDDEN_BY_MODERATOR,
    HIDDEN_WORDS,
    words,
)

__all__ = [
    "CLOSING_WORDS",
    "FLAG_WORDS",
    "HIDDEN_BY_MODERATOR",
    "HIDDEN_WORDS",
    "Errors",
    "Found",
    "Place",
    "Typed",
    "attempt",
    "flash_undo",
    "read_form",
    "words",
]
