"""Answering and commenting on the question page: what is refused stands there again."""

import pytest

from midtlink.questions.closing import close
from midtlink.questions.models import Answer, Comment
from tests.questions.threads import answered, asked, rows

CPR = "010285-1234"


@pytest.fixture
def question(cast):
    """Anne's question."""
    return asked(cast.anne, "Hvordan signerer jeg?")


def test_answer_leads_to_its_place(visit, cast, question):
    location = visit.post(f"/q/{question.id}/svar", as_=cast.jonas, body="Højreklik.").location
    (answer,) = rows(Answer)
    assert location == f"/q/{question.id}/{question.slug}#post-{answer.id}"
    assert "Tak for dit svar." in visit.get(location, as_=cast.jonas).text


def test_empty_answer_is_refused_beside_its_field(visit, cast, question):
    page = visit.post(f"/q/{question.id}/svar", as_=cast.jonas, status=400, body=" \n ")
    assert page.text.count("Skriv en tekst først.") == 2
    assert not rows(Answer)


def test_cpr_number_in_an_answer_is_marked(visit, cast, question):
    path = f"/q/{question.id}/svar"
    page = visit.post(path, as_=cast.jonas, status=400, body=f"Ligesom {CPR}")
    assert [mark.text for mark in page.all("mark")] == [CPR]
    assert page.form(path)["body"].strip() == f"Ligesom {CPR}"
    assert not rows(Answer)


def test_answer_sent_twice_stands_once(visit, cast, question):
    path = f"/q/{question.id}/svar"
    key = visit.get(f"/q/{question.id}/{question.slug}", as_=cast.jonas).form(path)["key"]
    sent = {visit.post(path, as_=cast.jonas, body="Ja", key=key).location for _ in range(2)}
    assert len(sent) == 1 and len(rows(Answer)) == 1


def test_key_of_an_answer_elsewhere_is_a_conflict(visit, cast, question):
    other = asked(cast.anne, "Et andet spørgsmål")
    visit.post(f"/q/{question.id}/svar", as_=cast.jonas, body="Ja", key="den-samme")
    visit.post(f"/q/{other.id}/svar", as_=cast.jonas, body="Ja", key="den-samme", status=409)


def test_closed_question_takes_no_answer(visit, cast, question):
    close(question, reason="outdated", by=cast.anne)
    page = visit.post(f"/q/{question.id}/svar", as_=cast.jonas, status=403, body="Mit lange svar")
    assert "Mit lange svar" in page.text


def test_haste_is_stopped_and_the_text_kept(visit, cast, question):
    for number in range(6):
        visit.post(f"/q/{question.id}/svar", as_=cast.jonas, body=f"Svar {number}")
    page = visit.post(f"/q/{question.id}/svar", as_=cast.jonas, status=429, body="Et syvende svar")
    assert "Et syvende svar" in page.text


def test_comment_leads_to_its_place(visit, cast, question):
    answer = answered(question, cast.jonas)
    location = visit.post(f"/post/{answer.id}/kommentar", as_=cast.anne, body="Tak!").location
    assert location.endswith(f"#post-{rows(Comment)[0].id}")


def test_refused_comment_stands_open_with_its_text(visit, cast, question):
    answer = answered(question, cast.jonas)
    path = f"/post/{answer.id}/kommentar"
    page = visit.post(path, as_=cast.anne, status=400, body="x" * 1001)
    assert page.form(path)["body"].strip() == "x" * 1001
    assert f'href="#field-comment-{answer.id}"' in page.html
    (opened,) = [part for part in page.all("details") if part.get("open") is not None]
    assert "plads til 1000 tegn" in " ".join(opened.itertext())


def test_comments_are_not_commented(visit, cast, question):
    visit.post(f"/post/{question.id}/kommentar", as_=cast.anne, body="Tak!")
    remark = rows(Comment)[0]
    visit.post(f"/post/{remark.id}/kommentar", as_=cast.karim, status=403, body="Selv tak!")
