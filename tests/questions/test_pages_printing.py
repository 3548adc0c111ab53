"""One A4 for the ward."""

import re

import segno

from midtlink.questions.accepting import accept_answer
from midtlink.questions.views.printing import qr_code
from tests.questions.threads import answered, asked


def test_sheet_holds_the_question_its_answer_and_the_short_address(visit, cast):
    question = asked(cast.anne, "Hvordan signerer jeg?", body="For en kollega.")
    answered(question, cast.bodil, "Det andet svar.")
    accept_answer(answered(question, cast.jonas), by=cast.anne)
    page = visit.get(f"/q/{question.id}/udskriv", as_=cast.karim)
    (sheet,) = page.all("article")
    words = " ".join(" ".join(sheet.itertext()).split())
    assert "For en kollega. Valgt svar Højreklik" in words and "Det andet" not in words
    assert f"localhost/s/{question.id}" in words


def test_unanswered_question_is_printed_too(visit, cast):
    question = asked(cast.anne)
    assert "ikke fået svar" in visit.get(f"/q/{question.id}/udskriv", as_=cast.karim).text


def test_code_is_that_of_the_address(visit, cast, app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://midtlink.example/")
    question = asked(cast.anne)
    page = visit.get(f"/q/{question.id}/udskriv", as_=cast.karim)
    assert qr_code(f"https://midtlink.example/s/{question.id}").path in page.html


def test_every_dark_module_is_drawn_inside_the_quiet_zone():
    code, matrix = (
        qr_code("https://a.dk/s/1"),
        segno.make("https://a.dk/s/1", error="m", micro=False),
    )
    drawn = {(int(x), int(y)) for x, y in re.findall(r"M(\d+) (\d+)h1", code.path)}
    dark = {
        (x + 4, y + 4)
        for y, row in enumerate(matrix.matrix)
        for x, module in enumerate(row)
        if module
    }
    assert drawn == dark and code.size == len(matrix.matrix) + 8
