"""Why did I get this? One's own points, each row with what it was for."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from flask_babel import gettext as _

from midtlink.access import MEMBER, allow, current_person
from midtlink.people.models import Person
from midtlink.people.policy import may_see_points
from midtlink.people.privileges import VOTE, has_privilege
from midtlink.questions.models import Question
from midtlink.questions.policy import may_read
from midtlink.questions.queries.reactions import votes_left
from midtlink.reputation.ledger.recording import current_values
from midtlink.reputation.own_ledger import OwnEntry, counted_today, list_own_entries
from midtlink.reputation.views.blueprint import pages
from midtlink.reputation.views.point_words import what_words, why_words


@dataclass(frozen=True, kw_only=True)
class LedgerRow:
    """A row in words; without a question there is no link."""

    entry: OwnEntry
    what: str
    why: str
    question: Question | None
    title: str


@pages.get("/mig/point")
@allow(MEMBER)
def ledger() -> str:
    """Show one's own points, and what each of them was for."""
    person = current_person()
    if not may_see_points(person, person):
        return render_template("reputation/points_off.html")
    found = list_own_entries(by=person, cursor=request.args.get("efter"))
    older = found.next_cursor
    return render_template(
        "reputation/ledger.html",
        rows=[_row(entry, person) for entry in found.rows],
        older=older and url_for(".ledger", efter=older),
        counted=counted_today(person),
        cap=current_values().daily_cap,
        votes=votes_left(person) if has_privilege(person, VOTE) else None,
    )


def _row(entry: OwnEntry, person: Person) -> LedgerRow:
    question = entry.post.question if entry.post else None
    is_told = question is not None and may_read(person, question)
    return LedgerRow(
        entry=entry,
        what=what_words(entry),
        why=why_words(entry),
        question=question,
        title=question.title if question and is_told else _("Skjult spørgsmål"),
    )
