"""The hospital's own awards: who holds one; making them up, giving and withdrawing them."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink import guarding
from midtlink.access import ADMINISTRATOR, MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, is_ticked, read_form
from midtlink.paging import read_cursor
from midtlink.people.queries import find_person
from midtlink.people.rules import ID
from midtlink.reputation import forms
from midtlink.reputation.badges.own_awards import (
    give_own_award,
    save_own_award,
    withdraw_own_award,
)
from midtlink.reputation.badges.own_queries import get_own_award, list_grants, list_own_awards
from midtlink.reputation.badges.rules import MOST_OWN_AWARDS
from midtlink.reputation.records import OwnAward, OwnAwardGrant
from midtlink.reputation.views.blueprint import pages

HERE = "/administration/priser"
TEXTS = ("name", "description")


@pages.get(f"/priser/<{ID}:award_id>")
@allow(MEMBER)
def own_award(award_id: int) -> str:
    """Show an award, and those of its holders who want to stand in such lists."""
    award, cursor = get_own_award(award_id), read_cursor(request.args.get("efter"))
    found = list_grants(award, after=cursor)
    return render_template(
        "reputation/own_award.html",
        award=award,
        grants=found.rows,
        more=found.next_cursor and f"/priser/{award.id}?efter={found.next_cursor}",
    )


@pages.get(HERE)
@allow(ADMINISTRATOR)
def own_awards() -> str:
    """List the awards, with a form for another one."""
    return _list(Typed({}))


@pages.post(HERE)
@allow(ADMINISTRATOR)
def add_own_award() -> Response | tuple[str, int]:
    """Make up an award."""
    typed = read_form(*TEXTS)
    award = forms.attempt(typed, lambda: _save(None, typed, is_active=True))
    if award is None:
        return _list(typed), typed.status
    flash(_("Prisen “%(name)s” er klar til at blive givet.", name=award.name), "success")
    return redirect(f"{HERE}/{award.id}", 303)


@pages.get(f"{HERE}/<{ID}:award_id>")
@allow(ADMINISTRATOR)
def own_award_form(award_id: int) -> str:
    """Show an award, to change it, give it and withdraw it."""
    return _form(award_id, _known(get_own_award(award_id)), Typed({}))


@pages.post(f"{HERE}/<{ID}:award_id>")
@allow(ADMINISTRATOR)
def change_own_award(award_id: int) -> Response | tuple[str, int]:
    """Change an award, or take it out of use."""
    typed, is_active = read_form(*TEXTS), is_ticked("is_active")
    typed.values["is_active"] = "on" if is_active else ""
    saved = forms.attempt(typed, lambda: _save(get_own_award(award_id), typed, is_active=is_active))
    if saved is None:
        return _form(award_id, typed, Typed({})), typed.status
    flash(_("%(name)s er gemt.", name=saved.name), "success")
    return redirect(f"{HERE}/{award_id}", 303)


@pages.post(f"{HERE}/<{ID}:award_id>/tildeling")
@allow(ADMINISTRATOR)
def give_award(award_id: int) -> Response | tuple[str, int]:
    """Give the award to a colleague."""
    typed = read_form("reason", "username")
    grant = forms.attempt(typed, lambda: _give(award_id, typed))
    if grant is None:
        return _form(award_id, _known(get_own_award(award_id)), typed), typed.status
    flash(_("%(name)s har fået prisen.", name=grant.person.name), "success")
    return redirect(f"{HERE}/{award_id}", 303)


@pages.post(f"{HERE}/tildelinger/<{ID}:grant_id>/tilbagetraekning")
@allow(ADMINISTRATOR)
def withdraw_award(grant_id: int) -> Response:
    """Withdraw the award from a colleague."""
    grant = in_transaction(lambda: withdraw_own_award(grant_id, by=current_person()))
    flash(_("%(name)s har ikke længere prisen.", name=grant.person.name), "success")
    return redirect(f"{HERE}/{grant.award_id}", 303)


def _save(award: OwnAward | None, typed: Typed, *, is_active: bool) -> OwnAward:
    return save_own_award(
        award,
        name=typed["name"],
        description=typed["description"],
        is_active=is_active,
        by=current_person(),
        not_cpr=typed.not_cpr,
    )


def _give(award_id: int, typed: Typed) -> OwnAwardGrant:
    person = find_person(typed["username"])
    if person is None:
        guarding.check({"username": typed["username"]}, overruled=typed.not_cpr)
    return give_own_award(
        get_own_award(award_id),
        person,
        reason=typed["reason"],
        by=current_person(),
        not_cpr=typed.not_cpr,
    )


def _known(award: OwnAward) -> Typed:
    known = {name: getattr(award, name) for name in TEXTS}
    return Typed(known | {"is_active": "on" if award.is_active else ""})


def _list(typed: Typed) -> str:
    awards = list_own_awards()
    in_use = sum(award.is_active for award in awards)
    return render_template(
        "reputation/own_awards.html",
        awards=awards,
        typed=typed,
        most=MOST_OWN_AWARDS,
        is_full=in_use >= MOST_OWN_AWARDS,
    )


def _form(award_id: int, typed: Typed, given: Typed) -> str:
    award, cursor = get_own_award(award_id), read_cursor(request.args.get("efter"))
    found = list_grants(award, after=cursor, with_unlisted=True)
    return render_template(
        "reputation/own_award_form.html",
        award=award,
        typed=typed,
        given=given,
        grants=found.rows,
        more=found.next_cursor
        and url_for("reputation.own_award_form", award_id=award_id, efter=found.next_cursor),
    )
