"""Three colleagues of the demo who vote for each other in a circle: something to decide about."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from midtlink.demo.casting import Staff
from midtlink.demo.scenes import PostScene, ThreadScene, Vote
from midtlink.questions.records import HELPED

#: How many votes each of them gives the next.
EACH = 4


def arrange(threads: Iterable[ThreadScene], staff: Staff, now: datetime) -> None:
    """Add the votes to the scenes; their rows must not have been made yet.

    It takes three by username who have enough answers and no role.
    """
    theirs: dict[str, list[PostScene]] = defaultdict(list)
    old = now - timedelta(days=2)
    with_roles = {each.id for each in (*staff.reviewers, *staff.moderators)}
    for thread in threads:
        for answer in thread.answers:
            if thread.question.is_visible and answer.is_visible and answer.at < old:
                theirs[answer.author.username].append(answer)
    able = sorted(
        name
        for name, answers in theirs.items()
        if len(answers) >= EACH and staff.named[name].id not in with_roles
    )
    circle = [able[len(able) * quarter // 4] for quarter in (1, 2, 3)]
    for giver, receiver in zip(circle, circle[1:] + circle[:1], strict=True):
        _vote(staff.named[giver].id, theirs[receiver], now)


def _vote(giver_id: int, answers: Iterable[PostScene], now: datetime) -> None:
    fresh = [
        answer for answer in answers if giver_id not in {vote.person_id for vote in answer.votes}
    ]
    for number, answer in enumerate(fresh[:EACH], start=1):
        minutes = (97 * giver_id + 41 * number) % 600
        at = max(answer.at + timedelta(hours=5), now - timedelta(days=3 * number, minutes=minutes))
        answer.votes.append(Vote(HELPED, giver_id, at.replace(microsecond=0)))
