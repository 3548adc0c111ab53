"""What waits for the index: every change of a thread, told in the change's own transaction."""

import pytest

from midtlink.events import in_transaction, publish
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide, restore
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.deleting import delete, undelete
from midtlink.questions.editing import edit
from midtlink.questions.events import ImportDropped, Imported
from midtlink.questions.following import follow
from midtlink.questions.models import Question
from midtlink.questions.reacting import set_reaction
from midtlink.search.models import SearchEntry, SparedQuestion, Unfound
from midtlink.search.queueing import queue, queue_missing

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.jonas, cast.karim, cast.mogens


@pytest.fixture
def question(cast, clock):
    found = in_transaction(lambda: ask(title="Hvor er etiketprinteren?", by=cast.anne))
    settled()
    clock.forward(minutes=5)
    return found


def settled():
    """Pretend that the index has caught up."""

    def work():
        for entry in db.session.query(SearchEntry):
            entry.indexed, entry.is_withdrawn = entry.version, False

    in_transaction(work)


def entry(question):
    db.session.rollback()
    return db.session.get(SearchEntry, question.id, populate_existing=True)


def waits(question):
    found = entry(question)
    return found.indexed < found.version


def test_a_new_question_waits(cast, clock):
    question = in_transaction(lambda: ask(title="Hvor er etiketprinteren?", by=cast.anne))
    assert waits(question)
    assert not entry(question).is_withdrawn


def test_answer_comment_vote_and_acceptance_let_the_thread_wait(cast, clock, question):
    def given():
        return answer(question, body="I kælderen.", by=cast.jonas)

    given_answer = in_transaction(given)
    assert waits(question)
    for act in (
        lambda: comment(question, body="Hvilken?", by=cast.karim),
        lambda: set_reaction(given_answer, "helped", by=cast.karim),
        lambda: accept_answer(given_answer, by=cast.anne),
    ):
        settled()
        clock.forward(minutes=1)
        in_transaction(act)
        assert waits(question)


def test_what_changes_nothing_that_is_found_lets_nothing_wait(cast, question):
    in_transaction(lambda: follow(question, by=cast.karim))
    in_transaction(lambda: flag(question, reason="wrong", by=cast.karim))
    assert not waits(question)


def test_what_is_hidden_or_deleted_is_withdrawn_at_once(cast, question):
    in_transaction(lambda: hide(question, by=cast.mogens))
    assert entry(question).is_withdrawn
    settled()
    in_transaction(lambda: restore(question, by=cast.mogens))
    assert waits(question)
    assert not entry(question).is_withdrawn
    settled()
    in_transaction(lambda: delete(question, by=cast.anne))
    assert entry(question).is_withdrawn
    in_transaction(lambda: undelete(question, by=cast.anne))
    assert entry(question).is_withdrawn


def test_a_flag_for_patient_data_withdraws_the_thread(cast, question):
    in_transaction(lambda: flag(question, reason="patient_data", by=cast.karim))
    assert entry(question).is_withdrawn


def test_a_change_that_is_undone_leaves_nothing_waiting(cast, question):
    def work():
        edit(question, title="Hvor er den?", body="", by=cast.anne, from_revision=1)
        raise KeyError

    with pytest.raises(KeyError):
        in_transaction(work)
    assert not waits(question)


def test_who_waits_keeps_the_place_in_the_queue(clock, question):
    in_transaction(lambda: queue(question.id))
    first = entry(question).queued_at
    clock.forward(minutes=1)
    in_transaction(lambda: queue(question.id))
    assert entry(question).queued_at == first
    settled()
    in_transaction(lambda: queue(question.id))
    assert entry(question).queued_at == clock.moment


def test_an_import_lets_all_its_threads_wait(cast, clock, question):
    given = in_transaction(lambda: answer(question, body="I kælderen.", by=cast.jonas))
    other = in_transaction(lambda: ask(title="Hvem har nøglen?", by=cast.karim))
    settled()
    fact = Imported(by_id=None, origin="elsewhere", post_ids=(given.id, other.id, 999_999))
    in_transaction(lambda: publish(fact))
    assert waits(question)
    assert waits(other)
    assert db.session.query(SearchEntry).count() == 2


def test_what_an_import_drops_is_withdrawn_and_spoken_of_no_more(cast, clock, question):
    def keep():
        db.session.add(SparedQuestion(question_id=question.id, spared_at=clock.moment))
        words = {"key": "printer", "words": "printer", "question_id": question.id}
        db.session.add(Unfound(first_at=clock.moment, last_at=clock.moment, **words))

    in_transaction(keep)
    fact = ImportDropped(by_id=None, origin="elsewhere", post_ids=(question.id,))
    in_transaction(lambda: publish(fact))
    assert entry(question).is_withdrawn
    assert db.session.query(SparedQuestion).count() == 0
    assert db.session.query(Unfound).one().question_id is None


def test_a_thread_from_before_the_search_is_queued_once(question):
    in_transaction(lambda: db.session.delete(entry(question)))
    in_transaction(queue_missing)
    assert waits(question)
    version = entry(question).version
    in_transaction(queue_missing)
    assert entry(question).version == version
    assert db.session.query(Question).count() == 1
