"""What makes votes look arranged: the numbers, and what they are compared with. Pure.

A finding is a question to a moderator and never a judgement, so the numbers lean towards silence:
a pattern must be large, and must be far beyond what others who vote alike would explain.
"""

import math
from typing import NamedTuple

ONE_WAY, MUTUAL, RING, DEPARTMENT = "one_way", "mutual", "ring", "department"
KINDS = (ONE_WAY, MUTUAL, RING, DEPARTMENT)

#: One person's votes for one other: so many, that share of what the one gives, and of what the
#: other gets.
ONE_WAY_VOTES, ONE_WAY_OF_GIVEN, ONE_WAY_OF_RECEIVED = 8, 0.60, 0.30
#: Two people: so many votes each way.
MUTUAL_VOTES = 5
#: A circle: so many votes from each to the next, and that share of what the one gives and of what
#: the other gets. The shares bound the search too: nobody has more than ten such edges.
RING_VOTES, RING_SHARE = 4, 0.10
RING_SMALLEST, RING_LARGEST = 3, 6
#: Steps of the search for circles through one person.
RING_STEPS = 2_000
#: A department's votes for itself: of so many votes that share, and so many standard deviations
#: and times more than other departments explain, of whom there are so many votes to compare with.
DEPARTMENT_VOTES, DEPARTMENT_SHARE = 30, 0.80
DEPARTMENT_DEVIATIONS, DEPARTMENT_TIMES = 4.0, 1.5
#: People: so many times more votes than others explain, and so improbable if these do.
TIMES, CHANCE = 3.0, 1e-5
#: How many votes of their own colleagues weigh as much as all of the hospital's.
PRIOR = 10.0
#: Votes that were in no suspicion yet, before the same are proposed again. A department votes
#: every day, so it is asked about again when there is a whole new finding's worth.
NEW_VOTES = {ONE_WAY: 5, MUTUAL: 5, RING: 5, DEPARTMENT: DEPARTMENT_VOTES}


class Vote(NamedTuple):
    """A vote that counts, by the fact that set it, and where everybody worked at that moment."""

    fact_id: int
    giver_id: int
    receiver_id: int
    giver_department_id: int | None = None
    receiver_department_id: int | None = None
    asker_department_id: int | None = None
    is_for_question: bool = False


class Finding(NamedTuple):
    """Votes that look arranged: between which people, or within which department."""

    kind: str
    people: tuple[int, ...]
    department_id: int | None
    fact_ids: tuple[int, ...]

    @property
    def identity(self) -> str:
        """Who it is about, in one word."""
        about = self.people or (self.department_id,)
        return f"{self.kind}:{'-'.join(str(each) for each in about)}"


def is_beyond(count: int, expected: float) -> bool:
    """Say whether so many votes are far more than expected, and not by chance."""
    return count >= TIMES * expected and chance(count, expected) <= CHANCE


def chance(count: int, expected: float) -> float:
    """Return how probable so many or more are where so many are expected (Poisson)."""
    if count <= 0:
        return 1.0
    if expected <= 0:
        return 0.0
    term = math.exp(count * math.log(expected) - expected - math.lgamma(count + 1))
    total, number = 0.0, count
    while term > total * 1e-12:
        total += term
        number += 1
        term *= expected / number
    return min(1.0, total)


def deviations(count: int, of: int, share: float) -> float:
    """Return by how many standard deviations a count is above a share of all (binomial)."""
    spread = math.sqrt(of * share * (1 - share))
    above = count - of * share
    return above / spread if spread else math.inf * (above > 0) if above else 0.0
