"""A department that votes for itself, and more than others do for themselves. Pure.

What is expected is taken from the other departments: which part of their votes these keep to
themselves for questions, for answers in threads that they asked themselves, and for answers in
threads of others. The three are weighted as the department's own votes are spread over them, and
each is drawn a little (as by PRIOR votes) to that part of all their votes. Of the rest the
department is expected to get what outsiders give it of theirs: one that writes half of what helps
others may well help itself. So expected = q + (1 - q) p. Whether the department's own part is more
than that is asked of the binomial distribution, in standard deviations of its normal limit.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from midtlink.reputation.fairness import rules
from midtlink.reputation.fairness.rules import DEPARTMENT, Finding, Vote

SITUATIONS = QUESTION, OWN_THREAD, OTHERS_THREAD = "question", "own thread", "others' thread"

Counts = Counter[tuple[int, str]]
#: How many votes were given, and how many of them the givers' departments kept, by situation.
Situations = dict[str, tuple[int, int]]


def find_departments(votes: Iterable[Vote]) -> Iterator[Finding]:
    """Yield the departments whose votes look arranged, each with its votes for itself."""
    known = [vote for vote in votes if vote.giver_department_id is not None]
    given: Counts = Counter((_place(vote), _situation(vote)) for vote in known)
    kept: Counts = Counter((_place(vote), _situation(vote)) for vote in known if _is_kept(vote))
    received = Counter(vote.receiver_department_id for vote in known if not _is_kept(vote))
    every = {situation: (_of(given, situation), _of(kept, situation)) for situation in SITUATIONS}
    for place in sorted({place for place, _ in given}):
        own = {each: (given[place, each], kept[place, each]) for each in SITUATIONS}
        if _is_arranged(own, every, received[place]):
            votes_for_itself = [vote for vote in known if _place(vote) == place and _is_kept(vote)]
            yield Finding(DEPARTMENT, (), place, tuple(vote.fact_id for vote in votes_for_itself))


def _is_arranged(own: Situations, every: Situations, received: int) -> bool:
    """Weigh one department's votes, (given, kept) by situation, against everybody's."""
    of, count = (sum(each) for each in zip(*own.values(), strict=True))
    others = sum(given for given, _ in every.values()) - of
    if of < rules.DEPARTMENT_VOTES or count < rules.DEPARTMENT_SHARE * of:
        return False
    if others < rules.DEPARTMENT_VOTES:
        return False  # There is nobody to compare with.
    share = _kept_elsewhere(own, every)
    share += (1 - share) * received / others
    is_more = count >= rules.DEPARTMENT_TIMES * share * of
    return is_more and rules.deviations(count, of, share) >= rules.DEPARTMENT_DEVIATIONS


def _kept_elsewhere(own: Situations, every: Situations) -> float:
    """Return which part the others keep to themselves, in the situations of the department."""
    rest = {each: (every[each][0] - own[each][0], every[each][1] - own[each][1]) for each in own}
    given, kept = (sum(each) for each in zip(*rest.values(), strict=True))
    prior = rules.PRIOR * kept / given
    weighed = (
        own[each][0] * (kept + prior) / (given + rules.PRIOR)
        for each, (given, kept) in rest.items()
    )
    return sum(weighed) / sum(given for given, _ in own.values())


def _of(counts: Counts, situation: str) -> int:
    return sum(count for (_, each), count in counts.items() if each == situation)


def _situation(vote: Vote) -> str:
    if vote.is_for_question:
        return QUESTION
    return OWN_THREAD if vote.asker_department_id == vote.giver_department_id else OTHERS_THREAD


def _is_kept(vote: Vote) -> bool:
    return vote.receiver_department_id == vote.giver_department_id


def _place(vote: Vote) -> int:
    assert vote.giver_department_id is not None
    return vote.giver_department_id
