"""Who may do what beside the ledger. Nobody (None), or nothing (None), is always a refusal."""

from midtlink.access import MODERATOR
from midtlink.people.models import Person
from midtlink.questions.models import ANSWER, Post
from midtlink.questions.policy import may_read


def may_thank(person: Person | None, answer: Post | None) -> bool:
    """The asker thanks for a colleague's answer that everybody can read."""
    if person is None or answer is None or not _asked(person, answer):
        return False
    is_anothers = answer.author_id not in (None, answer.question.author_id)
    seen = (answer, answer.question)
    return is_anothers and all(each.is_visible and each.redacted_at is None for each in seen)


def may_take_thanks_back(person: Person | None, answer: Post | None) -> bool:
    """The asker takes thanks back for an answer that they can read; moderators take any away."""
    if person is None or answer is None or answer.kind != ANSWER:
        return False
    return _asked(person, answer) or (person.has_role(MODERATOR) and may_read(person, answer))


def _asked(person: Person, answer: Post) -> bool:
    """The person asked what this answers, and reads the answer."""
    is_asker = answer.kind == ANSWER and answer.question.author_id == person.id
    return is_asker and may_read(person, answer)
