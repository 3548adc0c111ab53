"""What is searched for a text with a patient's data is forgotten with it."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.questions.asking import ask
from midtlink.search.models import Search, Unfound

pytestmark = pytest.mark.both_databases


@pytest.fixture
def question(cast, clock):
    people = cast.anne, cast.karim, cast.mogens
    made = in_transaction(
        lambda: ask(title="Journal for Torkild Kanariefugl", tags=["torkild"], by=people[0])
    )
    in_transaction(lambda: remember(clock.moment, "kanariefugl journal", "journal glemt kode"))
    return made


def remember(moment, *searches):
    for number, words in enumerate(searches):
        db.session.add(Search(token=f"token{number}", words=words, hits=0, at=moment))
        missed = {"key": words, "words": words, "zero_count": 1}
        db.session.add(Unfound(first_at=moment, last_at=moment, **missed))


def remembered():
    db.session.rollback()
    return [[row.words for row in db.session.query(table)] for table in (Search, Unfound)]


def test_a_suspicion_forgets_searches_for_its_words_alone(cast, question):
    in_transaction(lambda: flag(question, reason="patient_data", by=cast.karim))
    assert remembered() == [["journal glemt kode"], ["journal glemt kode"]]


def test_a_text_hidden_for_another_reason_forgets_nothing(cast, question):
    in_transaction(lambda: hide(question, by=cast.mogens))
    assert [len(rows) for rows in remembered()] == [2, 2]


def test_a_text_that_its_author_removes_at_once_forgets_what_was_searched_lately(
    cast, clock, question
):
    clock.forward(days=2)
    in_transaction(lambda: remember_old(clock.moment))
    in_transaction(lambda: redact(question, by=cast.anne))
    assert remembered() == [[], ["kanariefugl journal", "journal glemt kode"]]


def remember_old(moment):
    row = {"key": "nyere", "words": "nyere", "first_at": moment, "last_at": moment}
    db.session.add(Unfound(**row))
