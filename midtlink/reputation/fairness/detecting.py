"""Finding votes that look arranged among those that count. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from midtlink.reputation.fairness import rules
from midtlink.reputation.fairness.circles import circles
from midtlink.reputation.fairness.departments import find_departments
from midtlink.reputation.fairness.rules import MUTUAL, ONE_WAY, RING, Finding, Vote
from midtlink.reputation.fairness.tallying import Tally

Pair = tuple[int, int]


def find(votes: Sequence[Vote]) -> list[Finding]:
    """Return what looks arranged. A vote between people stands in one finding: the largest kind.

    The same votes give the same findings, in whatever order they come.
    """
    votes = sorted(votes)
    tally = Tally(votes)
    facts: dict[Pair, list[int]] = defaultdict(list)
    for vote in votes:
        facts[vote.giver_id, vote.receiver_id].append(vote.fact_id)
    taken: set[Pair] = set()
    found = []
    for kind, people, pairs in _among_people(tally, taken):
        taken.update(pairs)
        fact_ids = sorted(fact_id for pair in pairs for fact_id in facts[pair])
        found.append(Finding(kind, people, None, tuple(fact_ids)))
    return [*found, *find_departments(votes)]


def _among_people(
    tally: Tally, taken: Collection[Pair]
) -> Iterator[tuple[str, tuple[int, ...], list[Pair]]]:
    for group in _rings(tally):
        yield RING, group, [pair for pair in _pairs_in(group) if pair in tally.pairs]
    for one, other in _mutual(tally):
        if (one, other) not in taken:
            yield MUTUAL, (one, other), [(one, other), (other, one)]
    for pair in _one_way(tally):
        if pair not in taken:
            yield ONE_WAY, pair, [pair]


def _rings(tally: Tally) -> Iterator[tuple[int, ...]]:
    """Yield groups with no edge in common, those with the most unexplained votes first."""
    weighed = []
    for circle in circles(_edges(tally)):
        group = tuple(sorted(circle))
        inside = sum(tally.pairs.get(pair, 0) for pair in _pairs_in(group))
        expected = sum(tally.expected(each, circle - {each}, group) for each in group)
        if rules.is_beyond(inside, expected):
            weighed.append((expected - inside, group))
    taken: set[Pair] = set()
    for _, group in sorted(weighed):
        pairs = {pair for pair in _pairs_in(group) if pair in tally.pairs}
        if not pairs & taken:
            taken |= pairs
            yield group


def _edges(tally: Tally) -> dict[int, list[int]]:
    """Return who gives whom so much that it may be part of a circle."""
    graph: dict[int, list[int]] = defaultdict(list)
    for pair, count in sorted(tally.pairs.items()):
        if count >= rules.RING_VOTES and _is_share(tally, pair, rules.RING_SHARE, rules.RING_SHARE):
            graph[pair[0]].append(pair[1])
    return graph


def _mutual(tally: Tally) -> Iterator[Pair]:
    for (one, other), count in sorted(tally.pairs.items()):
        back = tally.pairs.get((other, one), 0)
        if one < other and min(count, back) >= rules.MUTUAL_VOTES:
            there = tally.expected(one, [other], (one, other))
            here = tally.expected(other, [one], (one, other))
            is_each = count >= rules.TIMES * there and back >= rules.TIMES * here
            if is_each and rules.is_beyond(count + back, there + here):
                yield one, other


def _one_way(tally: Tally) -> Iterator[Pair]:
    shares = rules.ONE_WAY_OF_GIVEN, rules.ONE_WAY_OF_RECEIVED
    for pair, count in sorted(tally.pairs.items()):
        is_much = count >= rules.ONE_WAY_VOTES and _is_share(tally, pair, *shares)
        if is_much and rules.is_beyond(count, tally.expected(pair[0], [pair[1]], pair[:1])):
            yield pair


def _is_share(tally: Tally, pair: Pair, of_given: float, of_received: float) -> bool:
    gives, gets = tally.share_of_given(*pair), tally.share_of_received(*pair)
    return gives >= of_given and gets >= of_received


def _pairs_in(group: Sequence[int]) -> list[Pair]:
    return [(one, other) for one in group for other in group if one != other]
