"""Who may hide, restore, decide flags and remove texts. Nobody (None) may nothing."""

from midtlink.access import MODERATOR
from midtlink.people.models import Person
from midtlink.questions.models import Post
from midtlink.questions.policy import may_read, may_see


def may_decide_flags(person: Person | None) -> bool:
    """Moderators decide flags."""
    return person is not None and person.is_active and person.has_role(MODERATOR)


def may_hide(person: Person | None, post: Post | None) -> bool:
    """Moderators hide every post."""
    return may_decide_flags(person) and may_read(person, post)


def may_restore(person: Person | None, post: Post | None) -> bool:
    """Moderators show a hidden post again."""
    return may_hide(person, post)


def may_redact(person: Person | None, post: Post | None) -> bool:
    """Moderators remove a text for ever, and the author their own, also when it is hidden."""
    if person is None or post is None or not may_see(person, post):
        return False
    return may_decide_flags(person) or post.author_id == person.id
