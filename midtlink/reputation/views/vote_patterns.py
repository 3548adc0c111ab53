"""Votes that look arranged, for the moderators who decide what they are."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext, ngettext
from werkzeug.wrappers import Response

from midtlink import forms
from midtlink.access import MODERATOR, NotFound, allow, current_person
from midtlink.forms import Typed
from midtlink.paging import Slice
from midtlink.reputation.fairness import queries
from midtlink.reputation.fairness.deciding import decide
from midtlink.reputation.fairness.proposing import last_sweep
from midtlink.reputation.fairness.queries import Listed, Pair
from midtlink.reputation.fairness.rules import DEPARTMENT, MUTUAL, ONE_WAY, RING
from midtlink.reputation.records import FairnessSweep, Suspicion
from midtlink.reputation.views.blueprint import pages

HERE = "/stemmemoenstre"
TABS = ("aabne", "afgjorte")
#: What a pattern is called, and what was seen.
HEADINGS = {
    ONE_WAY: lazy_gettext("En kollega stemmer mest på én anden"),
    MUTUAL: lazy_gettext("To kolleger stemmer meget på hinanden"),
    RING: lazy_gettext("Nogle kolleger stemmer på hinanden i ring"),
    DEPARTMENT: lazy_gettext("En afdeling stemmer mest på sig selv"),
}
EXPLAINED = {
    ONE_WAY: lazy_gettext(
        "Det er langt flere stemmer, end andre i samme afdeling og på hospitalet giver den kollega."
    ),
    MUTUAL: lazy_gettext("Det er langt flere stemmer begge veje, end andre giver de to."),
    RING: lazy_gettext(
        "De giver hinanden langt flere stemmer, end kolleger uden for kredsen giver dem."
    ),
    DEPARTMENT: lazy_gettext(
        "Afdelingen giver langt flere af sine stemmer til sig selv, end andre afdelinger gør."
    ),
}
SUBJECTS = {"helped": lazy_gettext("Det hjalp mig"), "good": lazy_gettext("Godt spørgsmål")}


@dataclass(frozen=True)
class PatternsPage:
    """The patterns that wait, or those that are decided."""

    shown: str
    rows: Slice[Listed]
    pairs: dict[int, list[Pair]]
    last: FairnessSweep | None

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Open and decided."""
        words = {"aabne": _("Åbne"), "afgjorte": _("Afgjorte")}
        return [(url_for(".vote_patterns", vis=key), words[key], key == self.shown) for key in TABS]

    @property
    def older(self) -> str | None:
        """The address of the next page."""
        following = self.rows.next_cursor
        return url_for(".vote_patterns", vis=self.shown, efter=following) if following else None


@pages.get(HERE)
@allow(MODERATOR)
def vote_patterns() -> str:
    """List the patterns: those that wait for a decision, or those that are decided."""
    shown = request.args.get("vis", TABS[0])
    if shown not in TABS:
        raise NotFound(shown)
    rows = queries.list_suspicions(
        seen_by=current_person(), is_decided=shown == TABS[1], cursor=request.args.get("efter")
    )
    pairs = queries.pairs_of([row.suspicion for row in rows.rows])
    page = PatternsPage(shown, rows, pairs, last_sweep())
    return render_template("reputation/vote_patterns.html", page=page, headings=HEADINGS)


@pages.get(f"{HERE}/<id:suspicion_id>")
@allow(MODERATOR)
def vote_pattern(suspicion_id: int) -> str:
    """Show the votes of one pattern, and ask what they are."""
    return _page(suspicion_id, Typed({}))


@pages.post(f"{HERE}/<id:suspicion_id>/afgoerelse")
@allow(MODERATOR)
def decide_pattern(suspicion_id: int) -> Response | tuple[str, int]:
    """Take back what the votes gave, or find them in order."""
    typed = forms.read_form("because", "reverse")
    count = forms.attempt(typed, lambda: _decide(suspicion_id, typed), words=forms.words)
    if count is None:
        return _page(suspicion_id, typed), typed.status
    flash(_said(count) if _is_reversal() else _("Tak. Stemmerne er i orden."), "success")
    return redirect(HERE, 303)


def _decide(suspicion_id: int, typed: Typed) -> int:
    person = current_person()
    return decide(
        queries.get_suspicion(suspicion_id, seen_by=person),
        _is_reversal(),
        because=typed["because"],
        by=person,
        not_cpr=typed.not_cpr,
    )


def _is_reversal() -> bool:
    return forms.choice("reverse", ("yes", "no")) == "yes"


def _said(count: int) -> str:
    if not count:
        return _("Afgørelsen er gemt. Ingen af stemmerne gav point længere.")
    return ngettext(
        "Pointene for %(num)s stemme er taget tilbage.",
        "Pointene for %(num)s stemmer er taget tilbage.",
        count,
    )


def _page(suspicion_id: int, typed: Typed) -> str:
    person = current_person()
    suspicion: Suspicion = queries.get_suspicion(suspicion_id, seen_by=person)
    votes = queries.list_votes(suspicion, seen_by=person, cursor=request.args.get("efter"))
    following = votes.next_cursor
    return render_template(
        "reputation/vote_pattern.html",
        suspicion=suspicion,
        heading=HEADINGS[suspicion.kind],
        explained=EXPLAINED[suspicion.kind],
        pairs=queries.pairs_of([suspicion])[suspicion.id],
        votes=votes.rows,
        subjects=SUBJECTS,
        more=url_for(".vote_pattern", suspicion_id=suspicion_id, efter=following)
        if following
        else None,
        typed=typed,
    )
