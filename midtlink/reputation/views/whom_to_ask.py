"""“Hvem ved noget om …?”: a colleague to ask, and whether they answer now."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from midtlink.access import MEMBER, allow, current_person
from midtlink.paging import Slice
from midtlink.people.models import Department
from midtlink.questions.queries.known_tags import known_to
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.refusals import BadInput
from midtlink.reputation.topics_called import Topics, topics_called
from midtlink.reputation.views.blueprint import pages
from midtlink.reputation.whom_to_ask import Colleague, list_colleagues
from midtlink.texts import FORBIDDEN
from midtlink.topics.models import System, Tag
from midtlink.topics.queries import get_tag, list_departments, list_systems

ADDRESS = "reputation.whom_to_ask"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the address asks for, and what one can choose instead."""

    words: str
    tag: Tag | None
    system: System | None
    department: Department | None
    only_now: bool
    systems: Sequence[System]
    departments: Sequence[Department]

    @property
    def is_narrowed(self) -> bool:
        """Something was asked for."""
        return bool(self.words or self.tag or self.system or self.department or self.only_now)

    @property
    def topics(self) -> Topics | None:
        """The topics of which somebody should know one; None: any at all."""
        if self.words or self.tag or self.system:
            return topics_called(self.words, self.systems, system=self.system, tag=self.tag)
        return None

    @property
    def system_choices(self) -> list[tuple[str, str]]:
        """The systems as a form offers them."""
        return [(each.slug, each.name) for each in self.systems]

    @property
    def department_choices(self) -> list[tuple[int, str]]:
        """The departments as a form offers them."""
        return [(each.id, each.name) for each in self.departments]

    def address(self, **changed: Any) -> str:
        """Return the address of this page with something else asked for; None leaves it out."""
        chosen: dict[str, Any] = {
            "q": self.words or None,
            "emne": self.tag.word if self.tag else None,
            "system": self.system.slug if self.system else None,
            "afdeling": self.department.id if self.department else None,
            "nu": "on" if self.only_now else None,
        }
        return url_for(ADDRESS, **chosen | changed)


@pages.get("/hvem")
@allow(MEMBER)
def whom_to_ask() -> str:
    """Find somebody who knows about a system, a tag, or whatever words may mean."""
    asked = _read()
    found = list_colleagues(
        topics=asked.topics,
        department_id=asked.department.id if asked.department else None,
        only_now=asked.only_now,
        cursor=request.args.get("efter"),
    )
    return render_template(
        "reputation/whom_to_ask.html",
        asked=asked,
        colleagues=found.rows,
        older=_older(asked, found),
        newest=asked.address() if request.args.get("efter") else None,
    )


def _read() -> Asked:
    """Read the address. Raises BadInput for a choice that the form does not have."""
    words = request.args.get("q", "").strip()[:LONGEST_TITLE]
    if FORBIDDEN.search(words):
        raise BadInput("q")
    systems, departments = list_systems(), list_departments()
    word = request.args.get("emne", "")
    return Asked(
        words=words,
        tag=get_tag(word, among=known_to(current_person())) if word else None,
        system=_chosen("system", {each.slug: each for each in systems}),
        department=_chosen("afdeling", {str(each.id): each for each in departments}),
        only_now=_chosen("nu", {"on": True}) or False,
        systems=systems,
        departments=departments,
    )


def _chosen(name: str, known: dict[str, Any]) -> Any:
    typed = request.args.get(name, "")
    if typed and typed not in known:
        raise BadInput(name)
    return known.get(typed)


def _older(asked: Asked, found: Slice[Colleague]) -> str | None:
    return asked.address(efter=found.next_cursor) if found.next_cursor else None
