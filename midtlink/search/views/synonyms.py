"""The words that mean the same in a search: the list, and a group to add or change."""

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, NotAllowed, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, choice, flash_undo, read_form
from midtlink.people.models import Person
from midtlink.questions.rules import LONGEST_TITLE
from midtlink.search.forms import attempt, read_sought
from midtlink.search.models import Synonyms, Unfound
from midtlink.search.policy import may_change_synonyms, may_see_unfound
from midtlink.search.settling import BY_SYNONYM, get_unfound, settle
from midtlink.search.synonyms import get_group, list_groups
from midtlink.search.synonyms.changing import (
    ASK,
    WHEN_HELD,
    delete_group,
    restore_group,
    save_group,
    version_of,
)
from midtlink.search.synonyms.previewing import Effect, preview
from midtlink.search.views.blueprint import pages

HERE = "/administration/synonymer"
FIELDS = ("words", "version", "when_held")


@pages.get(HERE)
@allow(MEMBER)
def synonyms() -> str:
    """List the groups, or those that hold some letters."""
    person = _enter()
    find = request.args.get("find", "").strip()[:LONGEST_TITLE]
    may_see = may_see_unfound(person)
    rows = list_groups(find)
    return render_template("search/synonyms.html", groups=rows, find=find, may_see=may_see)


@pages.get(f"{HERE}/ny")
@allow(MEMBER)
def new_synonyms() -> str:
    """Ask for the words of a new group; of a search that found nothing, its words stand there."""
    _enter()
    row = read_sought(request.args)
    return _form(None, Typed({"words": f"{row.words}, " if row else ""}), row)


@pages.post(f"{HERE}/ny")
@allow(MEMBER)
def add_synonyms() -> Response | tuple[str, int]:
    """Add a group, and see with it to the search that found nothing."""
    return _save(None)


@pages.get(f"{HERE}/<id:group_id>")
@allow(MEMBER)
def synonyms_form(group_id: int) -> str:
    """Show a group, to change it."""
    _enter()
    group = get_group(group_id)
    return _form(group, Typed({"words": group.words, "version": version_of(group)}))


@pages.post(f"{HERE}/<id:group_id>")
@allow(MEMBER)
def change_synonyms(group_id: int) -> Response | tuple[str, int]:
    """Change a group."""
    return _save(group_id)


@pages.post(f"{HERE}/<id:group_id>/sletning")
@allow(MEMBER)
def delete_synonyms(group_id: int) -> Response:
    """Delete a group."""
    _enter()
    in_transaction(lambda: delete_group(get_group(group_id), by=current_person()))
    flash_undo(_("Gruppen er slettet."), url_for("search.restore_synonyms", group_id=group_id))
    return redirect(HERE, 303)


@pages.post(f"{HERE}/<id:group_id>/fortryd-sletning")
@allow(MEMBER)
def restore_synonyms(group_id: int) -> Response:
    """Take the deletion of a group back."""
    _enter()
    restore = get_group(group_id, is_deleted=True)
    in_transaction(lambda: restore_group(restore, by=current_person()))
    flash(_("Gruppen er her igen."), "success")
    return redirect(HERE, 303)


def _enter() -> Person:
    """Return the person, for whom it must be right to change synonyms. Raises NotAllowed."""
    person: Person = current_person()
    if not may_change_synonyms(person):
        raise NotAllowed(person, "change", "synonyms")
    return person


def _save(group_id: int | None) -> Response | tuple[str, int]:
    person, typed, row = _enter(), read_form(*FIELDS), read_sought(request.form)
    group = get_group(group_id) if group_id else None
    if request.form.get("preview"):
        effects = attempt(typed, lambda: preview(typed["words"], instead_of=group, by=person))
        return _form(group, typed, row, effects or ()), 200 if effects is not None else typed.status
    if attempt(typed, lambda: _write(group_id, typed)) is None:
        return _form(group and get_group(group.id), typed, row), typed.status
    flash(_("Synonymerne er gemt. Søgningen kender dem om lidt."), "success")
    return redirect(url_for("search.unfound") if row else HERE, 303)


def _write(group_id: int | None, typed: Typed) -> Synonyms:
    person, row = current_person(), read_sought(request.form)
    group = save_group(
        get_group(group_id) if group_id else None,
        typed["words"],
        by=person,
        when_held=choice("when_held", WHEN_HELD) if typed["when_held"] else ASK,
        version=typed["version"] or None,
        not_cpr=typed.not_cpr,
    )
    if row:
        settle(get_unfound(row.id, seen_by=person), BY_SYNONYM, by=person)
    return group


def _form(
    group: Synonyms | None,
    typed: Typed,
    row: Unfound | None = None,
    effects: Sequence[Effect] = (),
) -> str:
    return render_template(
        "search/synonyms_form.html", group=group, typed=typed, sought=row, effects=effects
    )
