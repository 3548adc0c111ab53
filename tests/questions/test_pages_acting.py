"""One-button forms: each carries the state that is wanted, answers 303, and can be undone."""

import pytest

from midtlink.extensions import db
from midtlink.questions.accepting import accept_answer
from midtlink.questions.closing import close
from midtlink.questions.models import Question
from midtlink.questions.records import Confirmation, QuestionFollow, Reaction
from tests.questions.threads import answered, asked, rows

FRAGMENT = {"HX-Request": "true"}


@pytest.fixture
def question(cast):
    """Anne's question."""
    return asked(cast.anne, "Hvordan signerer jeg?")


@pytest.fixture
def answer(cast, question):
    """Jonas's answer."""
    return answered(question, cast.jonas)


def press(visit, path, person, **fields):
    """Press as a script does: the answer is a fragment."""
    fields["csrf_token"] = visit.token(person)
    response = visit.client(person).post(path, data=fields, headers=FRAGMENT)
    assert response.status_code == 200
    return response.get_data(as_text=True)


def test_vote_leads_back_to_the_answer(visit, cast, question, answer):
    path = f"/post/{answer.id}/reaktion"
    location = visit.post(path, as_=cast.karim, kind="helped", wanted="on").location
    assert location == f"/q/{question.id}/{question.slug}#post-{answer.id}"


def test_vote_set_twice_counts_once_and_is_withdrawn_by_off(visit, cast, question, answer):
    path = f"/post/{answer.id}/reaktion"
    for _ in range(2):
        visit.post(path, as_=cast.karim, kind="helped", wanted="on")
    assert len(rows(Reaction, withdrawn_at=None)) == 1
    visit.post(path, as_=cast.karim, kind="helped", wanted="off")
    assert not rows(Reaction, withdrawn_at=None)


def test_scripts_get_both_votes_because_one_turns_the_other(visit, cast, answer):
    path = f"/post/{answer.id}/reaktion"
    press(visit, path, cast.karim, kind="helped", wanted="on")
    fragment = press(visit, path, cast.karim, kind="failed", wanted="on")
    assert fragment.count("<form") == 2 and "<html" not in fragment
    assert fragment.count('aria-pressed="true"') == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"kind": "helped"},
        {"kind": "helped", "wanted": "toggle"},
        {"kind": "good", "wanted": "on"},
        {"kind": "down", "wanted": "on"},
        {"kind": "\x00", "wanted": "on"},
    ],
    ids=str,
)
def test_vote_that_no_form_sends_is_refused(visit, cast, answer, fields):
    visit.post(f"/post/{answer.id}/reaktion", as_=cast.karim, status=400, **fields)
    assert not rows(Reaction)


def test_nobody_votes_for_their_own(visit, cast, answer):
    path = f"/post/{answer.id}/reaktion"
    visit.post(path, as_=cast.jonas, status=403, kind="helped", wanted="on")


def test_following_is_set_and_ended(visit, cast, question):
    path = f"/q/{question.id}/foelg"
    visit.post(path, as_=cast.karim, wanted="on")
    assert len(rows_of_follows(cast.karim)) == 1
    assert 'aria-pressed="false"' in press(visit, path, cast.karim, wanted="off")
    assert not rows_of_follows(cast.karim)


def rows_of_follows(person):
    return db.session.query(QuestionFollow).filter_by(person_id=person.id).all()


def test_asker_chooses_and_changes_the_choice(visit, cast, question, answer):
    other = answered(question, cast.bodil, "Vælg Videresend.")
    path = f"/q/{question.id}/valgt"
    visit.post(path, as_=cast.anne, answer_id=answer.id, wanted="on")
    visit.post(path, as_=cast.anne, answer_id=other.id, wanted="on")
    assert rows(Question)[0].accepted_answer_id == other.id
    visit.post(path, as_=cast.anne, answer_id=other.id, wanted="off")
    assert rows(Question)[0].accepted_answer_id is None


def test_script_that_chooses_gets_all_that_changes(visit, cast, question, answer):
    other = answered(question, cast.bodil, "Vælg Videresend.")
    accept_answer(other, by=cast.anne)
    fragment = press(visit, f"/q/{question.id}/valgt", cast.anne, answer_id=answer.id, wanted="on")
    assert f'id="accept-{answer.id}"' in fragment and f'id="accept-{other.id}"' in fragment
    assert fragment.count("Valgt svar</span>") == 1 and "question-status" in fragment


@pytest.mark.parametrize("answer_id", ["", "x", "-1", "²", "99999999999", "2147483648"])
def test_choice_of_no_number_is_refused(visit, cast, question, answer_id):
    path = f"/q/{question.id}/valgt"
    visit.post(path, as_=cast.anne, status=400, answer_id=answer_id, wanted="on")


def test_answer_of_another_thread_cannot_be_chosen(visit, cast, answer):
    mine = asked(cast.karim, "Et helt andet spørgsmål")
    path = f"/q/{mine.id}/valgt"
    visit.post(path, as_=cast.karim, status=400, answer_id=answer.id, wanted="on")


def test_only_the_asker_chooses(visit, cast, question, answer):
    path = f"/q/{question.id}/valgt"
    visit.post(path, as_=cast.karim, status=403, answer_id=answer.id, wanted="on")


def test_it_confirms_and_withdraws(visit, cast, answer):
    path = f"/post/{answer.id}/bekraeftelse"
    visit.post(path, as_=cast.bodil, wanted="on")
    assert len(rows(Confirmation, withdrawn_at=None)) == 1
    visit.post(path, as_=cast.bodil, wanted="off")
    assert not rows(Confirmation, withdrawn_at=None)


def test_members_do_not_confirm(visit, cast, answer):
    visit.post(f"/post/{answer.id}/bekraeftelse", as_=cast.karim, status=403, wanted="on")


def test_questions_are_not_confirmed(visit, cast, question):
    visit.post(f"/post/{question.id}/bekraeftelse", as_=cast.bodil, status=404, wanted="on")


def test_deletion_offers_to_be_undone(visit, cast, question, answer):
    path = f"/post/{answer.id}"
    location = visit.post(f"{path}/sletning", as_=cast.jonas).location
    page = visit.get(visit.get(location, as_=cast.jonas, status=302).location, as_=cast.jonas)
    assert "Det er slettet. Fortryd" in page.text
    visit.post(f"{path}/fortryd-sletning", as_=cast.jonas)
    assert "Højreklik" in visit.get(f"/q/{question.id}/{question.slug}", as_=cast.karim).text


def test_deleted_question_leads_home_with_the_way_back(visit, cast, question):
    assert visit.post(f"/post/{question.id}/sletning", as_=cast.anne).location == "/"
    assert visit.get("/", as_=cast.anne).has_form(f"/post/{question.id}/fortryd-sletning")


def test_others_do_not_delete(visit, cast, answer):
    visit.post(f"/post/{answer.id}/sletning", as_=cast.karim, status=403)


def test_closed_question_is_reopened(visit, cast, question):
    close(question, reason="outdated", by=cast.anne)
    visit.post(f"/q/{question.id}/genaabning", as_=cast.anne)
    assert rows(Question)[0].is_open


@pytest.mark.parametrize("action", ["reaktion", "bekraeftelse", "sletning", "fortryd-sletning"])
def test_actions_are_never_links(visit, cast, question, action):
    visit.get(f"/post/{question.id}/{action}", as_=cast.anne, status=405)


@pytest.mark.parametrize("action", ["svar", "foelg", "valgt", "genaabning"])
def test_reloading_after_an_action_leads_to_the_question(visit, cast, question, action):
    """Where sign-in or a reload makes a link of an action, it does nothing and leads on."""
    location = visit.get(f"/q/{question.id}/{action}", as_=cast.anne, status=302).location
    assert location == f"/q/{question.id}/{question.slug}"
