"""Saying thanks under an answer, and where it is read."""

import pytest

from midtlink.extensions import db
from midtlink.moderation.hiding import hide
from midtlink.people.profiles import choose_language
from midtlink.reputation.records import Thanks
from midtlink.reputation.thanking import give_thanks
from tests.questions.threads import answered, asked

NUMBER = "010190-1234"


@pytest.fixture
def reply(cast):
    return answered(asked(cast.anne), cast.jonas)


def thread(reply):
    return f"/q/{reply.question_id}/{reply.question.slug}"


def test_the_asker_thanks_under_the_answer_and_everybody_reads_it(visit, cast, reply):
    address = f"/post/{reply.id}/tak"
    assert visit.get(thread(reply), as_=cast.anne).form(address, "message")["message"] == ""
    visit.post(address, as_=cast.anne, message="Det virkede!")
    page = visit.get(thread(reply), as_=cast.karim)
    assert "Tak fra Anne Mikkelsen: Det virkede!" in page.text
    assert not page.has_form(address) and not page.has_form(f"{address}/fortryd")
    profile = visit.get("/p/jonas", as_=cast.karim)
    assert "Tak, modtaget" in profile.text and "Det virkede!" in profile.text


def test_thanks_without_words_say_thanks(visit, cast, reply):
    visit.post(f"/post/{reply.id}/tak", as_=cast.anne, message="")
    assert "Anne Mikkelsen siger tak." in visit.get(thread(reply), as_=cast.karim).text


def test_only_the_asker_is_offered_the_form(visit, cast, reply):
    for name in ("jonas", "karim", "bodil", "mogens"):
        page = visit.get(thread(reply), as_=getattr(cast, name))
        assert not page.has_form(f"/post/{reply.id}/tak")
        visit.post(f"/post/{reply.id}/tak", as_=getattr(cast, name), status=403, message="Tak")


def test_thanks_are_taken_back_and_given_again(visit, cast, reply):
    address = f"/post/{reply.id}/tak"
    visit.post(address, as_=cast.anne, message="Tak")
    assert visit.get(thread(reply), as_=cast.anne).has_form(f"{address}/fortryd")
    visit.post(f"{address}/fortryd", as_=cast.anne)
    page = visit.get(thread(reply), as_=cast.anne)
    assert "Tak fra Anne" not in page.text and page.has_form(f"{address}/igen")
    visit.post(f"{address}/igen", as_=cast.anne)
    assert "Tak fra Anne Mikkelsen: Tak" in visit.get(thread(reply), as_=cast.anne).text


def test_a_refused_message_stands_in_its_form_again(visit, cast, reply):
    page = visit.post(f"/post/{reply.id}/tak", as_=cast.anne, status=400, message="x" * 201)
    assert page.form(f"/post/{reply.id}/tak", "message")["message"] == "x" * 201
    assert any(a.get("href") == f"#field-thanks-{reply.id}" for a in page.all("a"))
    assert db.session.query(Thanks).count() == 0


def test_thanks_hidden_with_the_answer_are_nowhere(visit, cast, reply):
    give_thanks(reply, message="Hemmeligt", by=cast.anne)
    hide(reply, by=cast.mogens, because="Grim")
    for name in ("anne", "jonas", "karim"):
        for path in (thread(reply), "/p/jonas", "/p/jonas?vis=tak"):
            assert "Hemmeligt" not in visit.get(path, as_=getattr(cast, name)).text
    assert "Hemmeligt" in visit.get("/p/jonas?vis=tak", as_=cast.mogens).text


@pytest.mark.parametrize("language", ["da", "en"])
def test_no_thanks_yet_says_so(visit, cast, language):
    choose_language(cast.karim.id, language)
    page = visit.get(f"/p/{cast.jonas.username}?vis=tak", as_=cast.karim)
    assert any("empty" in (each.get("class") or "").split() for each in page.all("div"))


def test_all_thanks_are_behind_a_tab_page_by_page(visit, cast, clock):
    question = asked(cast.anne)
    for number in range(12):
        clock.forward(minutes=1)
        give_thanks(answered(question, cast.jonas), message=f"Tak nummer {number}.", by=cast.anne)
    seen, path = [], "/p/jonas?vis=tak"
    while path:
        page = visit.get(path, as_=cast.karim)
        seen += [each.text for each in page.all("q")]
        path = next((a.get("href") for a in page.all("a") if a.get("rel") == "next"), None)
    assert seen == [f"Tak nummer {number}." for number in reversed(range(12))]
    assert "Se alle" in visit.get("/p/jonas", as_=cast.karim).text
