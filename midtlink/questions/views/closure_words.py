"""Why a question is closed, in the words of a page."""

from flask_babel import lazy_gettext

from midtlink.questions.forms import CLOSING_WORDS
from midtlink.questions.records import Closure

OTHER = lazy_gettext("Det er lukket af en anden grund")
#: What the sites that questions are imported from say in English.
IMPORTED = {
    "exact duplicate": CLOSING_WORDS["duplicate"],
    "duplicate": CLOSING_WORDS["duplicate"],
    "off-topic": CLOSING_WORDS["off_topic"],
    "not a real question": CLOSING_WORDS["unclear"],
    "unclear what you're asking": CLOSING_WORDS["unclear"],
    "not constructive": lazy_gettext("Det lægger mere op til diskussion end til svar"),
    "too localized": lazy_gettext("Det angår kun ganske få"),
    "general reference": lazy_gettext("Det er let at slå op"),
    "noise or pointless": lazy_gettext("Der er ikke noget at svare på"),
    "too broad": lazy_gettext("Det er for bredt til ét svar"),
    "primarily opinion-based": lazy_gettext("Det handler mest om holdninger"),
    "closed": lazy_gettext("Grunden kendes ikke"),
    "duplicate of a question that no longer exists": lazy_gettext(
        "Der er spurgt om det samme før, men det andet spørgsmål er her ikke længere"
    ),
}


def closure_words(closure: Closure) -> str:
    """Say why a question is closed, and what the one who closed it wrote."""
    if closure.origin is not None and closure.note in IMPORTED:
        return str(IMPORTED[closure.note])
    words = str(CLOSING_WORDS.get(closure.reason, OTHER))
    return ". ".join(part for part in (words, closure.note) if part)
