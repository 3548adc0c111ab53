"""Following colleagues and departments, and the page of a department."""

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.events import in_transaction
from midtlink.forms import flash_following
from midtlink.pages import redirect_back
from midtlink.people import following, forms
from midtlink.people.models import Department, Person
from midtlink.people.queries import get_department, get_person
from midtlink.people.rules import ID
from midtlink.people.views.blueprint import pages
from midtlink.questions.queries.by_topic import list_about, summary_of_department

DEPARTMENT = f"/afdeling/<{ID}:department_id>"


@pages.get(DEPARTMENT)
@allow(MEMBER)
def department(department_id: int) -> str:
    """Show what a department asks."""
    found, person = get_department(department_id), current_person()
    cursor = request.args.get("efter")
    questions = list_about(seen_by=person, department_id=found.id, cursor=cursor)
    return render_template(
        "people/department.html",
        department=found,
        summary=summary_of_department(found.id, seen_by=person),
        questions=questions,
        is_first=not cursor,
    )


@pages.post(f"{DEPARTMENT}/foelg")
@allow(MEMBER)
def follow_department_form(department_id: int) -> Response:
    """Follow the department, or stop: as the form wants it."""
    wanted = forms.is_wanted()
    verb = following.follow_department if wanted else following.unfollow_department

    def work() -> Department:
        found = get_department(department_id)
        verb(found, by=current_person())
        return found

    here = url_for("people.department", department_id=department_id)
    flash_following(in_transaction(work).name, here, is_followed=wanted)
    return redirect_back(here)


@pages.post("/p/<username>/foelg")
@allow(MEMBER)
def follow_person_form(username: str) -> Response:
    """Follow the colleague, or stop: as the form wants it."""
    wanted = forms.is_wanted()
    verb = following.follow_person if wanted else following.unfollow_person

    def work() -> Person:
        found = get_person(username)
        verb(found, by=current_person())
        return found

    person = in_transaction(work)
    here = url_for("people.profile", username=person.username)
    flash_following(person.name, here, is_followed=wanted)
    return redirect_back(here)
