"""Pages keep silent of a tag that only hidden questions have: its name can be a patient's."""

import pytest

from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.redacting import redact
from midtlink.topics.models import TagFollow
from tests.questions.threads import asked

NAME = "patientens-navn"


@pytest.fixture
def question(cast):
    """Anne's question with a name as its tag, hidden from everybody but moderators."""
    question = asked(cast.anne, tags=[NAME])
    flag(question, reason="patient_data", by=cast.karim)
    return question


@pytest.mark.parametrize("who", ["anne", "karim", "bodil", "astrid"])
def test_nobody_but_moderators_is_told_the_name(visit, cast, question, who):
    person = getattr(cast, who)
    assert "Ingen emneord passer." in visit.get("/emner?find=patient", as_=person).text
    assert NAME not in visit.get("/emner", as_=person).text
    for path in ("", "/rediger"):
        visit.get(f"/tag/{NAME}{path}", as_=person, status=404)
    typed = {"wanted": "on", "excerpt": "Om det", "body": "", "version": ""}
    for path in ("/foelg", "/rediger"):
        visit.post(f"/tag/{NAME}{path}", as_=person, status=404, **typed)
    assert db.session.query(TagFollow).count() == 0


def test_a_moderator_finds_and_tidies_up(visit, cast, question):
    assert NAME in visit.get("/emner?find=patient", as_=cast.mogens).text
    for path in ("", "/rediger", "/synonymer", "/sammenlaegning"):
        visit.get(f"/tag/{NAME}{path}", as_=cast.mogens)


def test_a_hidden_name_takes_no_room_in_the_list(visit, cast, question):
    asked(cast.anne, tags=["patientseng"])
    page = visit.get("/emner?find=patient", as_=cast.karim)
    assert "patientseng" in page.text and NAME not in page.text


def test_what_was_removed_is_gone_for_moderators_too(visit, cast, question):
    redact(question, by=cast.anne)
    assert "Ingen emneord passer." in visit.get("/emner?find=patient", as_=cast.mogens).text
    visit.get(f"/tag/{NAME}", as_=cast.mogens, status=404)
