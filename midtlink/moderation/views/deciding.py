"""Reports that wait for a moderator, and those that are decided."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import markup
from midtlink.access import MODERATOR, NotFound, allow, current_person
from midtlink.moderation import queries
from midtlink.moderation.deciding import decide_flag
from midtlink.moderation.views.blueprint import pages, read_choice
from midtlink.paging import Slice
from midtlink.questions import forms
from midtlink.questions.records import Flag

TABS = ("aabne", "afgjorte")
EXCERPT = 300


@dataclass(frozen=True, kw_only=True)
class FlagsPage:
    """Reports, and the one whose decision was refused."""

    shown: str
    flags: Slice[Flag]
    refused: tuple[int, forms.Typed] | None = None

    @property
    def tabs(self) -> list[tuple[str, str, bool]]:
        """Open and decided."""
        words = {"aabne": _("Åbne"), "afgjorte": _("Afgjorte")}
        return [(url_for(".flags", vis=key), words[key], key == self.shown) for key in TABS]

    @property
    def older(self) -> str | None:
        """The address of the next page."""
        following = self.flags.next_cursor
        return url_for(".flags", vis=self.shown, efter=following) if following else None

    @property
    def errors(self) -> dict[str, str]:
        """What was wrong with a decision, by its field's id."""
        if self.refused is None:
            return {}
        flag_id, typed = self.refused
        return {f"because-{flag_id}": text for text in typed.errors.values()}

    def form_of(self, flag: Flag) -> forms.Typed:
        """Return the form that decides a report."""
        is_refused = self.refused is not None and self.refused[0] == flag.id
        return self.refused[1] if self.refused and is_refused else forms.Typed({})

    def reason_words(self, flag: Flag) -> str:
        """Say what was reported."""
        return str(forms.FLAG_WORDS[flag.reason])

    def excerpt_of(self, flag: Flag) -> str:
        """Return the beginning of the reported text."""
        return markup.excerpt(flag.post.html, EXCERPT)


@pages.get("/meldinger")
@allow(MODERATOR)
def flags() -> str:
    """List the reports: those that wait, or those that are decided."""
    return _flags_page(request.args.get("vis", TABS[0]))


@pages.post("/meldinger/<id:flag_id>/afgoerelse")
@allow(MODERATOR)
def decide(flag_id: int) -> Response | tuple[str, int]:
    """Uphold a report or dismiss it."""
    typed = forms.read_form("because", "uphold")
    if forms.attempt(typed, lambda: _decide(flag_id, read_choice("uphold"), typed)) is None:
        return _flags_page(TABS[0], (flag_id, typed)), typed.status
    uphold = read_choice("uphold")
    flash(_("Du gav medhold.") if uphold else _("Meldingen er afvist."), "success")
    return redirect("/meldinger", 303)


def _flags_page(shown: str, refused: tuple[int, forms.Typed] | None = None) -> str:
    if shown not in TABS:
        raise NotFound(shown)
    found = queries.list_flags(
        is_decided=shown == "afgjorte", seen_by=current_person(), cursor=request.args.get("efter")
    )
    page = FlagsPage(shown=shown, flags=found, refused=refused)
    return render_template("moderation/flags.html", page=page)


def _decide(flag_id: int, uphold: bool, typed: forms.Typed) -> bool:
    person = current_person()
    found = queries.get_flag(flag_id, seen_by=person)
    decide_flag(found, uphold, because=typed["because"], by=person, not_cpr=typed.not_cpr)
    return True
