"""What the ledger is made of: the facts it reads, the entries it writes, the grants that stand."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from midtlink.reputation import models as kinds

#: The place of the grant in the fact's entries, for an entry that is itself the grant.
Key = tuple[int, int]
#: Whether a grant counts after an entry; None: it has ended.
COUNTS = {
    kinds.GRANT: True,
    kinds.RETURNED: True,
    kinds.SUSPENDED: False,
    kinds.TAKEN: None,
    kinds.ENDED: None,
}


class Happening(Protocol):
    """What the arithmetic reads of a fact (models.Fact)."""

    id: int
    kind: str
    source: str
    subject: str
    post_id: int
    question_id: int
    helper_id: int | None
    asker_id: int | None
    actor_id: int | None
    has_problem: bool
    happened_at: datetime
    helper_department_id: int | None
    helper_site_id: int | None
    helper_profession: str
    asker_department_id: int | None
    asker_site_id: int | None
    asker_profession: str
    actor_department_id: int | None


class Line(NamedTuple):
    """An entry as the ledger stores it (models.Entry)."""

    fact_id: int
    ordinal: int
    person_id: int
    rule: str
    kind: str
    sign: int
    worth: int
    points: int
    counted_on: date | None
    grant_fact_id: int
    grant_ordinal: int
    is_bridge: bool
    source: str
    post_id: int
    question_id: int
    actor_id: int | None
    happened_at: datetime
    helper_department_id: int | None
    helper_site_id: int | None
    helper_profession: str
    asker_department_id: int | None
    asker_site_id: int | None
    asker_profession: str

    @property
    def grant(self) -> Key:
        """Which grant the entry is about."""
        return self.grant_fact_id, self.grant_ordinal


class Standing(NamedTuple):
    """A grant that has not ended, and whether it counts: that of a post nobody sees does not."""

    grant: Line
    counts: bool


def standing_among(lines: Sequence[Line]) -> list[Standing]:
    """Return the grants among the entries, in their order, that have not ended."""
    state: dict[Key, tuple[Line, bool | None]] = {}
    for line in lines:
        if line.kind == kinds.GRANT:
            state[line.grant] = line, True
        elif line.grant in state:
            grant = state[line.grant][0]
            state[line.grant] = grant, COUNTS[line.kind]
    return [Standing(grant, counts) for grant, counts in state.values() if counts is not None]
