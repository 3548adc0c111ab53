"""One A4 for the ward: the question, the answer, its short address as words and as a QR code."""

from dataclasses import dataclass

import segno
from flask import render_template

from midtlink import clock
from midtlink.access import MEMBER, NotFound, allow, current_person
from midtlink.pages import day
from midtlink.questions import policy
from midtlink.questions.queries import get_question
from midtlink.questions.queries.surroundings import best_answer
from midtlink.questions.views.blueprint import pages
from midtlink.questions.views.thread_page import short_address, without_scheme


@dataclass(frozen=True)
class Code:
    """A QR code: how many modules wide it is with its white edge, and the path of the dark ones."""

    size: int
    path: str


@pages.get("/q/<id:question_id>/udskriv")
@allow(MEMBER)
def print_page(question_id: int) -> str:
    """Show a question as it is printed."""
    person = current_person()
    question = get_question(question_id, seen_by=person)
    if not policy.may_read(person, question):
        raise NotFound(question_id)
    answer, address = best_answer(question), short_address(question)
    return render_template(
        "questions/print.html",
        question=question,
        answer=answer,
        is_chosen=answer is not None and answer.id == question.accepted_answer_id,
        address_words=without_scheme(address),
        code=qr_code(address),
        printed=day(clock.now()),
    )


def qr_code(text: str) -> Code:
    """Return the QR code of a text, with the quiet zone of four modules that readers need."""
    border = 4
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = [
        f"M{x + border} {y + border}h1v1h-1z"
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    ]
    return Code(len(matrix) + 2 * border, "".join(runs))
