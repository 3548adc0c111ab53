"""The ledger in memory: for replaying all of it, and for crediting many facts at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from midtlink.reputation.ledger.lines import Line, Standing, standing_among
from midtlink.reputation.rules import BRIDGE


class MemoryBook:
    """Knows the entries that it was told, in the order of their facts."""

    def __init__(self) -> None:
        self._of_source: dict[str, list[Line]] = defaultdict(list)
        self._of_post: dict[int, list[Line]] = defaultdict(list)
        self._earned: dict[tuple[int, date], int] = defaultdict(int)
        self._bridges: dict[tuple[int, int], int] = defaultdict(int)

    def add(self, lines: Iterable[Line]) -> None:
        """Enter new entries."""
        for line in lines:
            self.know(line)
            if line.counted_on is not None:
                self._earned[line.person_id, line.counted_on] += line.points
            if line.rule == BRIDGE and line.asker_department_id is not None:
                self._bridges[line.person_id, line.asker_department_id] += line.sign

    def know(self, line: Line) -> None:
        """Remember an entry that is stored already, for what is set, taken back or returned."""
        self._of_source[line.source].append(line)
        self._of_post[line.post_id].append(line)

    def know_earned(self, person_id: int, day: date, points: int) -> None:
        """Remember what a person has earned of a day's cap."""
        self._earned[person_id, day] = points

    def know_bridge(self, person_id: int, department_id: int) -> None:
        """Remember a bridge that counts."""
        self._bridges[person_id, department_id] = 1

    def of_source(self, source: str) -> Sequence[Standing]:
        """As Book says."""
        return standing_among(self._of_source.get(source, ()))

    def of_post(self, post_id: int) -> Sequence[Standing]:
        """As Book says."""
        return standing_among(self._of_post.get(post_id, ()))

    def earned(self, person_id: int, day: date) -> int:
        """As Book says."""
        return self._earned.get((person_id, day), 0)

    def has_bridged(self, person_id: int, department_id: int) -> bool:
        """As Book says."""
        return self._bridges.get((person_id, department_id), 0) > 0
