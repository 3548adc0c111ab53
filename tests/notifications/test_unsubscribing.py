"""One press in the mail, without signing in; and nothing else can be done with its token."""

import re

import pytest
from itsdangerous import URLSafeSerializer

from midtlink.audit.models import JournalEntry
from midtlink.extensions import db
from midtlink.notifications.mail.unsubscribing import SALT, Subscription, address_for
from midtlink.notifications.models import NoticeChoice, ThreadMute
from tests.notifications.outbox import choose, sent
from tests.questions.threads import answered, asked

BASE = "https://midtlink.example"


@pytest.fixture
def question(cast, clock, office):
    return asked(cast.anne)


def path_for(person, **what):
    return address_for(Subscription(person.id, **what)).removeprefix(BASE)


def chosen():
    db.session.rollback()
    return {(row.person_id, row.kind): row.mode for row in db.session.query(NoticeChoice)}


def acts():
    return [(entry.act, entry.by_id) for entry in db.session.query(JournalEntry)]


@pytest.mark.both_databases
def test_the_button_of_the_mail_program_ends_it_without_a_cookie(app, cast, office, question):
    answered(question, cast.jonas)
    sent()
    address = office.messages()[0]["List-Unsubscribe"].strip("<>")
    body = {"List-Unsubscribe": "One-Click"}
    answer = app.test_client().post(address.removeprefix(BASE), data=body)
    assert answer.status_code == 200
    assert chosen() == {(cast.anne.id, "answer"): "off"}
    assert acts()[-1] == ("NoticesChosen", cast.anne.id)
    answered(question, cast.karim)
    assert len(sent()) == len(office.kept) == 1


def test_looking_writes_nothing_and_offers_one_button(visit, cast, mail):
    path = path_for(cast.anne, kind="answer")
    page = visit.get(path)
    assert chosen() == {}
    assert "Svar på dine spørgsmål" in page.text
    done = visit.post(path, status=200, **page.form(path))
    assert "Du er afmeldt" in done.text and "/mig/beskeder" in done.html
    assert chosen() == {(cast.anne.id, "answer"): "off"}


def test_twice_is_once(visit, cast, mail):
    path = path_for(cast.anne, kind="answer")
    for _ in range(2):
        visit.post(path, status=200, token=False)
    assert [act for act, _ in acts()].count("NoticesChosen") == 1


def test_it_is_about_the_person_of_the_mail_whoever_is_signed_in(visit, cast, mail):
    visit.post(path_for(cast.anne, kind="answer"), as_=cast.jonas, status=200, token=False)
    assert list(chosen()) == [(cast.anne.id, "answer")]


@pytest.mark.both_databases
def test_a_thread_is_muted_once(visit, cast, question):
    path = path_for(cast.anne, question_id=question.id)
    page = visit.get(path)
    assert question.title not in page.html and f"/s/{question.id}" in page.text
    for _ in range(2):
        visit.post(path, status=200, token=False)
    db.session.rollback()
    (row,) = db.session.query(ThreadMute)
    assert (row.person_id, row.question_id) == (cast.anne.id, question.id)
    assert acts().count(("ThreadMuted", cast.anne.id)) == 1


@pytest.mark.both_databases
def test_a_digest_ends_for_every_kind_that_comes_by_it(visit, cast, mail):
    choose(cast.anne, "answer", "daily")
    choose(cast.anne, "question", "weekly")
    visit.post(path_for(cast.anne, kind="daily"), status=200, token=False)
    assert chosen() == {
        (cast.anne.id, "answer"): "off",
        (cast.anne.id, "question"): "weekly",
    }


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_wrong_token_is_as_if_it_were_not_there(app, visit, cast, mail, method):
    good = path_for(cast.anne, kind="answer").rsplit("/", 1)[1]
    key = app.config["SECRET_KEY"]
    wrong = [
        good.replace(good[-9], "A" if good[-9] != "A" else "B"),
        good + "x",
        "x",
        good.split(".")[0],
        URLSafeSerializer(key, salt="another").dumps([cast.anne.id, "answer"]),
        URLSafeSerializer("another key", salt=SALT).dumps([cast.anne.id, "answer"]),
        URLSafeSerializer(key, salt=SALT).dumps([cast.anne.id, "unheard-of"]),
        URLSafeSerializer(key, salt=SALT).dumps("unheard-of"),
    ]
    for token in wrong:
        answer = getattr(app.test_client(), method)(f"/afmeld/{token}")
        assert answer.status_code == 404, token
    assert chosen() == {}


def test_what_is_gone_cannot_be_ended(app, cast, mail):
    for subscription in (Subscription(999, kind="answer"), Subscription(1, question_id=999)):
        assert cast.anne.id == 1
        path = address_for(subscription).removeprefix(BASE)
        assert app.test_client().post(path).status_code == 404


def test_the_token_signs_nobody_in_and_opens_nothing_else(app, cast, mail):
    token = path_for(cast.anne, kind="answer").rsplit("/", 1)[1]
    client = app.test_client()
    client.post(f"/afmeld/{token}")
    for path in ("/mig/beskeder", "/beskeder", f"/adgang/{token}"):
        assert client.get(path).status_code in (303, 404)


def test_both_ways_stand_in_the_mail_itself(cast, office, question):
    answered(question, cast.jonas)
    sent()
    text = office.messages()[0].get_body(("plain",)).get_content()
    assert len(re.findall(rf"{BASE}/afmeld/\S+", text)) == 2
    assert f"{BASE}/mig/beskeder" in text
