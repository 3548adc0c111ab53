"""Closing a question, as people meet it."""

import pytest

from midtlink.questions.closing import close
from midtlink.questions.models import Question
from midtlink.questions.records import Closure
from tests.questions.threads import asked, rows


@pytest.fixture
def question(cast):
    """Anne's question."""
    return asked(cast.anne, "Hvordan signerer jeg?")


def test_asker_closes_with_a_reason(visit, cast, question):
    path = f"/q/{question.id}/lukning"
    visit.get(path, as_=cast.anne)
    visit.post(path, as_=cast.anne, reason="outdated", note="Nyt system")
    assert rows(Closure)[0].note == "Nyt system"


@pytest.mark.parametrize(
    "form", ["{}", " {} ", "#{}", "https://midtlink.example/q/{}/titel", "/s/{}"]
)
def test_duplicate_is_named_by_number_or_address(visit, cast, question, form):
    other = asked(cast.jonas, "Hvordan signeres et notat?")
    typed = {"reason": "duplicate", "duplicate_of": form.format(other.id)}
    visit.post(f"/q/{question.id}/lukning", as_=cast.anne, **typed)
    assert rows(Closure)[0].duplicate_of_id == other.id


@pytest.mark.parametrize("of", ["", "x", "77", "1", "9" * 10, "²"])
def test_duplicate_of_nothing_is_refused_and_the_reason_kept(visit, cast, question, of):
    path, typed = f"/q/{question.id}/lukning", {"reason": "duplicate", "duplicate_of": of}
    page = visit.post(path, as_=cast.anne, status=400, note="Se den anden", **typed)
    assert "Skriv adressen eller nummeret på et andet spørgsmål." in page.text
    assert page.form(path)["note"] == "Se den anden"


@pytest.mark.parametrize("reason", ["", "because", "\x00"])
def test_closing_needs_a_reason(visit, cast, question, reason):
    page = visit.post(f"/q/{question.id}/lukning", as_=cast.anne, status=400, reason=reason)
    assert "Vælg en grund." in page.text
    assert rows(Question)[0].is_open


def test_others_do_not_close(visit, cast, question):
    visit.get(f"/q/{question.id}/lukning", as_=cast.karim, status=403)
    visit.post(f"/q/{question.id}/lukning", as_=cast.karim, status=403, reason="outdated")


def test_closing_a_closed_question_changes_nothing(visit, cast, question):
    close(question, reason="outdated", by=cast.anne)
    visit.post(f"/q/{question.id}/lukning", as_=cast.anne, reason="unclear")
    assert [row.reason for row in rows(Closure)] == ["outdated"]
