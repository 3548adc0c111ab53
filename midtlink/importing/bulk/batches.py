"""Some whole threads of one source on their way in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from midtlink.importing.bulk.rendering import Rendered
from midtlink.importing.bulk.wanted import Ref, WantedThread
from midtlink.importing.report import Report


@dataclass
class Batch:
    """Some whole threads of one source on their way in, and what is stored of them already."""

    origin: str
    language: str
    threads: Sequence[WantedThread]
    rendered: Rendered
    systems: dict[str, int] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    ids: dict[Ref, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    #: Posts whose text was changed here.
    edited: set[int] = field(default_factory=set)
    #: How many revisions each post has.
    revisions: Counter[Ref] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        for thread in self.threads:
            self.revisions.update(each.post for each in thread.revisions)

    def id_of(self, thread: WantedThread) -> int:
        """Return the stored question's id."""
        return self.ids[thread.question.ref]

    def person(self, key: str | None) -> int | None:
        """Return the id of the person with a key, if there is one."""
        return self.people.get(key) if key else None
