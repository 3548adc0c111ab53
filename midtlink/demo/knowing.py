"""Colleagues of the demo hospital who know a system: many of its chosen answers are theirs."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select

from midtlink.demo.casting import Colleague, Staff
from midtlink.demo.scenes import PostScene, ThreadScene
from midtlink.extensions import db
from midtlink.people.models import Person
from midtlink.topics.rules import KNOWN_ACCEPTED

#: How many know a system, and how many chosen answers each of them gives in it.
KNOWING, ANSWERS = 4, KNOWN_ACCEPTED + 2

Place = tuple[ThreadScene, PostScene]


def let_some_know(threads: Iterable[ThreadScene], staff: Staff) -> None:
    """Let a few give the answers that others of their profession gave; rows come later."""
    chosen: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for thread in threads:
        for answer in thread.answers:
            is_alone = answer.is_visible and not answer.comments and thread.question.is_visible
            if thread.system and answer.accepted_at and is_alone:
                chosen[thread.system, answer.author.profession].append((thread, answer))
    most = sorted(chosen.items(), key=lambda each: (-len(each[1]), each[0]))
    used: set[int] = set()
    for (_, profession), places in most[:KNOWING]:
        for colleague in _consenting(profession, staff, used):
            theirs = [place for place in places if _is_free(place[0], colleague)]
            if len(theirs) >= ANSWERS:
                used.add(colleague.id)
                for _, answer in theirs[:ANSWERS]:
                    answer.author = colleague
                break


def _consenting(profession: str, staff: Staff, used: set[int]) -> Sequence[Colleague]:
    """Those of a profession who want to be known for what they know."""
    statement = (
        select(Person.username)
        .where(Person.shows_expertise, Person.is_listed, Person.hides_points.is_(False))
        .where(Person.profession == profession)
        .order_by(Person.username)
    )
    known = [staff.named[name] for name in db.session.scalars(statement)]
    return [each for each in known if each.id not in used]


def _is_free(thread: ThreadScene, colleague: Colleague) -> bool:
    """Say whether somebody has no part in a thread yet."""
    parts = {post.author.id for post, _ in thread.posts()}
    parts |= {vote.person_id for post, _ in thread.posts() for vote in post.votes}
    return colleague.id not in parts
