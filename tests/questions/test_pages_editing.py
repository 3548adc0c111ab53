"""Editing, suggesting, and what a post has said before, as people meet them."""

from datetime import timedelta

import pytest

from midtlink.questions.deleting import delete
from midtlink.questions.drafting import save_draft
from midtlink.questions.editing import edit
from midtlink.questions.models import Answer, Question
from midtlink.questions.records import SuggestedEdit
from tests.questions.threads import answered, asked, rows
from tests.topics.making import make_system


@pytest.fixture
def question(cast):
    """Anne's question."""
    return asked(cast.anne, "Hvordan signerer jeg?", body="For en kollega.", tags=["notat"])


def form_of(visit, post, person):
    path = f"/post/{post.id}/rediger"
    form = visit.get(path, as_=person).form(path)
    return {name: value for name, value in form.items() if name != "csrf_token"}


def test_author_edits_title_text_tags_and_system(visit, cast, question):
    make_system("EPJ")
    form = form_of(visit, question, cast.anne)
    assert (form["title"], form["tags"]) == (question.title, "notat")
    form |= {"title": "Hvordan signeres et notat?", "tags": "notat, epj", "system": "epj"}
    visit.post(f"/post/{question.id}/rediger", as_=cast.anne, **form)
    (row,) = rows(Question)
    assert (row.title, len(row.tags), row.system.slug) == ("Hvordan signeres et notat?", 2, "epj")


def test_edit_that_does_not_fit_keeps_the_text(visit, cast, question):
    form = form_of(visit, question, cast.anne) | {"title": " ", "body": "Ny tekst"}
    page = visit.post(f"/post/{question.id}/rediger", as_=cast.anne, status=400, **form)
    assert "Skriv, hvad du vil vide." in page.text
    assert page.form(f"/post/{question.id}/rediger")["body"].strip() == "Ny tekst"


def test_two_edits_at_once_lose_nothing(visit, cast, question):
    form = form_of(visit, question, cast.anne)
    edit(question, body="Moderatorens tekst.", from_revision=1, by=cast.mogens)
    path = f"/post/{question.id}/rediger"
    page = visit.post(path, as_=cast.anne, status=409, **form | {"body": "Annes tekst."})
    assert "En kollega rettede samtidig" in page.text and "Moderatorens" in page.text
    again = {name: value for name, value in page.form(path).items() if name != "csrf_token"}
    assert again["body"].strip() == "Annes tekst."
    visit.post(path, as_=cast.anne, **again)
    assert rows(Question)[0].source == "Annes tekst."


@pytest.mark.parametrize("number", ["", "x", "-1", "9" * 12])
def test_revision_that_is_no_number_is_refused(visit, cast, question, number):
    form = form_of(visit, question, cast.anne) | {"from_revision": number, "body": "Ny"}
    visit.post(f"/post/{question.id}/rediger", as_=cast.anne, status=400, **form)


def test_others_suggest_instead(visit, cast, question):
    page = visit.get(f"/post/{question.id}/rediger", as_=cast.karim)
    assert "Foreslå en rettelse" in page.text
    form = form_of(visit, question, cast.karim) | {"body": "Bedre tekst", "summary": "Tydeligere"}
    visit.post(f"/post/{question.id}/rediger", as_=cast.karim, **form)
    assert rows(SuggestedEdit)[0].source == "Bedre tekst"
    assert rows(Question)[0].source == "For en kollega."


def test_suggestion_without_a_change_says_so(visit, cast, question):
    form = form_of(visit, question, cast.karim)
    page = visit.post(f"/post/{question.id}/rediger", as_=cast.karim, status=400, **form)
    assert "Du har ikke ændret noget endnu." in page.text


def test_deleted_post_is_not_edited(visit, cast, question):
    answer = answered(question, cast.jonas)
    delete(answer, by=cast.jonas)
    visit.get(f"/post/{answer.id}/rediger", as_=cast.jonas, status=403)
    visit.get(f"/post/{answer.id}/rediger", as_=cast.karim, status=404)


def test_comment_of_another_is_not_edited(visit, cast, question):
    visit.post(f"/post/{question.id}/kommentar", as_=cast.jonas, body="Ja!")
    visit.get("/post/2/rediger", as_=cast.jonas)
    visit.get("/post/2/rediger", as_=cast.karim, status=403)


def test_draft_older_than_the_last_edit_cannot_overwrite_it(visit, cast, question, clock):
    answer = answered(question, cast.jonas)
    save_draft("edit", answer.id, source="Min kladde", by=cast.jonas)
    clock.forward(minutes=1)
    edit(answer, body="Moderatorens tekst", from_revision=1, by=cast.mogens)
    form = form_of(visit, answer, cast.jonas)
    visit.post(f"/post/{answer.id}/rediger", as_=cast.jonas, status=409, **form)
    assert rows(Answer)[0].source == "Moderatorens tekst"


def test_history_shows_what_changed_word_by_word(visit, cast, question, clock):
    clock.moment += timedelta(hours=1)
    edit(question, body="For en god kollega.", from_revision=1, summary="Pænere", by=cast.anne)
    page = visit.get(f"/post/{question.id}/historik", as_=cast.karim)
    (added,) = page.all("ins")
    assert "god" in "".join(added.itertext()) and not page.all("del")
    assert "2 udgaver" in page.text and "Pænere" in page.text


def test_history_of_many_edits_has_pages(visit, cast, clock, question):
    for number in range(1, 36):
        clock.forward(minutes=1)
        edit(question, body=f"Udgave {number}", from_revision=number, by=cast.anne)
    page = visit.get(f"/post/{question.id}/historik", as_=cast.karim)
    older = next(link.get("href") for link in page.all("a") if link.get("rel") == "next")
    rest = visit.get(f"/post/{question.id}/historik{older}", as_=cast.karim)
    assert "Udgave 7" in page.text and "Udgave 6" in rest.text and "Udgave 1" in rest.text


@pytest.mark.parametrize("before", ["x", "-1", "9" * 12, "²"])
def test_history_before_no_number_is_refused(visit, cast, question, before):
    visit.get(f"/post/{question.id}/historik?foer={before}", as_=cast.karim, status=400)
