"""The names that rules go by, in the words of the pages that show them."""

from typing import Any

from flask_babel import lazy_gettext

from midtlink.people.forms import role_words
from midtlink.questions.forms import CLOSING_WORDS, FLAG_WORDS
from midtlink.settings.forms import LABELS

FIELDS = {
    "title": lazy_gettext("overskrift"),
    "body": lazy_gettext("tekst"),
    "summary": lazy_gettext("rettelse"),
    "note": lazy_gettext("grund"),
    "because": lazy_gettext("grund"),
}
REACTIONS = {
    "good": lazy_gettext("Godt spørgsmål"),
    "same": lazy_gettext("Jeg har samme problem"),
    "helped": lazy_gettext("Det hjalp mig"),
    "failed": lazy_gettext("Virkede ikke for mig"),
}
SETTLEMENTS = {
    "question": lazy_gettext("spørgsmål"),
    "synonym": lazy_gettext("synonym"),
    "dismissed": lazy_gettext("ikke relevant"),
}
REASONS = CLOSING_WORDS | FLAG_WORDS
WORDS = {
    "field": FIELDS,
    "kind": REACTIONS,
    "reason": REASONS,
    "because": REASONS | {"moderator": lazy_gettext("Moderator")},
    "key": LABELS,
    "settlement": SETTLEMENTS,
}


def value_words(name: str, value: Any) -> Any:
    """Return a fact's value as a page words it; one without words stays as it is."""
    if name == "role":
        return {role: label for role, label, _ in role_words()}.get(value, value)
    known = WORDS.get(name)
    return known.get(value, value) if known and isinstance(value, str) else value
