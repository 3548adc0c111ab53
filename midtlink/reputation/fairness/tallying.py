"""Counting votes, and what somebody's votes would be if they voted as others do. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable

from midtlink.reputation.fairness.rules import PRIOR, Vote


class Tally:
    """Who gave how many votes to whom."""

    def __init__(self, votes: Iterable[Vote]) -> None:
        self.pairs: Counter[tuple[int, int]] = Counter()
        self.given: Counter[int] = Counter()
        self.received: Counter[int] = Counter()
        #: Where each giver worked at their newest vote.
        self.works_at: dict[int, int | None] = {}
        for vote in votes:
            self.pairs[vote.giver_id, vote.receiver_id] += 1
            self.given[vote.giver_id] += 1
            self.received[vote.receiver_id] += 1
            self.works_at[vote.giver_id] = vote.giver_department_id
        self._total = sum(self.given.values())
        self._of_department: Counter[int] = Counter()
        self._by_department: Counter[tuple[int, int]] = Counter()
        for (giver, receiver), count in self.pairs.items():
            if (place := self.works_at[giver]) is not None:
                self._of_department[place] += count
                self._by_department[place, receiver] += count

    def share_of_given(self, giver: int, receiver: int) -> float:
        """Return which part of what one gives goes to the other."""
        return self.pairs[giver, receiver] / self.given[giver]

    def share_of_received(self, giver: int, receiver: int) -> float:
        """Return which part of what one gets comes from the other."""
        return self.pairs[giver, receiver] / self.received[receiver]

    def expected(self, giver: int, receivers: Collection[int], group: Collection[int]) -> float:
        """Return how many votes the receivers would get if the giver voted as others do.

        The others are everybody outside the group, so that those who vote for each other do not
        explain each other. Colleagues of the giver's own department count before the rest of the
        hospital, as far as they have voted: who works together reads, and thanks, each other.
        """
        share = self._share(None, giver, receivers, group)
        place = self.works_at.get(giver)
        if place is not None:
            share = self._share(place, giver, receivers, group, share * PRIOR, PRIOR)
        return self.given[giver] * share

    def _share(
        self,
        place: int | None,
        giver: int,
        receivers: Collection[int],
        group: Collection[int],
        hits: float = 0.0,
        among: float = 0.0,
    ) -> float:
        """Return which part of the votes of outsiders, of a department or all, goes to some."""
        members = [each for each in group if place is None or self.works_at.get(each) == place]
        hits += sum(self._outside(place, receiver, members) for receiver in receivers)
        among += self._total if place is None else self._of_department[place]
        among -= sum(self.given[each] for each in members)
        among -= self._outside(place, giver, members)
        return hits / among if among > 0 else 0.0

    def _outside(self, place: int | None, receiver: int, members: Collection[int]) -> int:
        """Return how many votes one gets from a department, or all, without some of its people."""
        whole = self.received[receiver] if place is None else self._by_department[place, receiver]
        return whole - sum(self.pairs[each, receiver] for each in members)
