"""The question page, and the addresses that lead to it."""

from flask import redirect, render_template, request
from werkzeug.wrappers import Response

from midtlink.access import MEMBER, allow, current_person
from midtlink.questions import viewing
from midtlink.questions.queries import get_post, get_question
from midtlink.questions.views.blueprint import pages
from midtlink.questions.views.parts import address, anchor
from midtlink.questions.views.thread_page import thread_page


@pages.get("/q/<id:question_id>")
@allow(MEMBER)
def question(question_id: int) -> Response:
    """Lead to the address with the title in it."""
    person = current_person()
    return redirect(address(get_question(question_id, seen_by=person), seen_by=person))


@pages.get("/q/<id:question_id>/<slug>")
@allow(MEMBER)
def thread(question_id: int, slug: str) -> Response | str:
    """Show a question with its answers."""
    person = current_person()
    found = get_question(question_id, seen_by=person)
    here = address(found, seen_by=person)
    if here != f"/q/{found.id}/{slug}":
        return redirect(here)
    page = thread_page(found, person, cursor=request.args.get("efter"))
    viewing.count_view(found.id, person.id)
    return render_template("questions/question.html", page=page)


@pages.get("/s/<id:question_id>")
@allow(MEMBER)
def short(question_id: int) -> Response:
    """Lead from the short address, said on the phone or printed, to the question."""
    person = current_person()
    return redirect(address(get_question(question_id, seen_by=person), seen_by=person))


@pages.get("/post/<id:post_id>")
@allow(MEMBER)
def permalink(post_id: int) -> Response:
    """Lead to a post where it stands in its thread."""
    person = current_person()
    return redirect(anchor(get_post(post_id, seen_by=person), seen_by=person))
