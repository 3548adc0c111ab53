"""A system's page: what it is, who helps, how it runs, what is asked about it."""

from collections.abc import Iterable

from flask import flash, redirect, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from midtlink.access import ADMINISTRATOR, MEMBER, REVIEWER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import Typed, flash_following
from midtlink.pages import redirect_back
from midtlink.people.models import Person
from midtlink.questions.queries.by_topic import summary_of_system
from midtlink.reputation.experts import list_experts
from midtlink.reputation.ledger.topic_standing import SYSTEM
from midtlink.topics import forms, policy
from midtlink.topics.following import follow_system, unfollow_system
from midtlink.topics.models import SuperUser, System
from midtlink.topics.queries import get_system, list_super_users
from midtlink.topics.systems import set_status
from midtlink.topics.views.blueprint import pages
from midtlink.topics.views.listing import listing

RUNS = {"ok": True, "problem": False}


@pages.get("/system/<slug>")
@allow(MEMBER)
def system(slug: str) -> str:
    """Show a system and its questions."""
    system, person = get_system(slug), current_person()
    super_users = _own_first(list_super_users(system), person)
    appointed = {each.person_id for each in super_users}
    experts = [each for each in list_experts(SYSTEM, system.id) if each.id not in appointed]
    return render_template(
        "topics/system.html",
        system=system,
        summary=summary_of_system(system.id, seen_by=person),
        super_users=super_users,
        experts=experts,
        mine=[each for each in super_users if each.person_id == person.id],
        looks_after=person.id in appointed | {system.owner_id},
        may_set_status=policy.may_set_status(person, system),
        may_save=policy.may_save_systems(person),
        page=listing("topics.system", {"slug": slug}, system_id=system.id),
    )


@pages.post("/system/<slug>/foelg")
@allow(MEMBER)
def follow_system_form(slug: str) -> Response:
    """Follow the system, or stop: as the form wants it."""
    wanted, here = forms.is_wanted(), f"/system/{slug}"
    verb = follow_system if wanted else unfollow_system

    def work() -> System:
        system = get_system(slug)
        verb(system, by=current_person())
        return system

    flash_following(in_transaction(work).name, here, is_followed=wanted)
    return redirect_back(here)


@pages.get("/system/<slug>/driftsstatus")
@allow(ADMINISTRATOR, REVIEWER)
def status_page(slug: str) -> str:
    """Ask how the system runs."""
    system = get_system(slug)
    runs = "ok" if system.is_running else "problem"
    return _status_form(system, Typed({"runs": runs, "status_line": system.status_line}))


@pages.post("/system/<slug>/driftsstatus")
@allow(ADMINISTRATOR, REVIEWER)
def save_status(slug: str) -> Response | tuple[str, int]:
    """Say how the system runs."""
    typed = forms.read_form("runs", "status_line")
    runs = RUNS[forms.choice("runs", RUNS)]
    saved = forms.attempt(typed, lambda: _set_status(slug, typed, runs))
    if saved is None:
        return _status_form(get_system(slug), typed), typed.status
    flash(_("Driftsstatus er gemt."), "success")
    return redirect(f"/system/{slug}", 303)


def _own_first(super_users: Iterable[SuperUser], person: Person) -> list[SuperUser]:
    """Put those first whom one meets oneself, of or in one's department, then who is on duty."""

    def place(each: SuperUser) -> tuple[bool, bool]:
        places = each.department_id, each.person.department_id
        is_own = person.department_id is not None and person.department_id in places
        return not is_own, not each.is_on_duty

    return sorted(super_users, key=place)


def _set_status(slug: str, typed: Typed, is_running: bool) -> System:
    system, line = get_system(slug), typed["status_line"]
    set_status(system, line, is_running=is_running, by=current_person(), not_cpr=typed.not_cpr)
    return system


def _status_form(system: System, typed: Typed) -> str:
    return render_template("topics/status.html", system=system, typed=typed)
