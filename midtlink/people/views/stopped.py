"""What to tell one who has tried too many passwords."""

from flask_babel import gettext as _

from midtlink.people.attempts import SignInsStopped


def stopped_words(stopped: SignInsStopped) -> str:
    """Return the same words for every name, also one that nobody has."""
    return _(
        "Der er prøvet for mange gange. Vent %(minutes)s minutter, "
        "eller ring til IT, hvis det haster.",
        minutes=stopped.minutes,
    )
