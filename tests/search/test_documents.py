"""What the index is told: never more than everyone, or who looks after hidden posts, may read."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.questions.accepting import accept_answer
from midtlink.questions.answering import answer
from midtlink.questions.asking import ask
from midtlink.questions.commenting import comment
from midtlink.questions.confirming import confirm
from midtlink.questions.deleting import delete
from midtlink.questions.reacting import set_reaction
from midtlink.search.documents import all_documents, documents
from midtlink.search.protocol import CARETAKERS, EVERYBODY
from midtlink.search.queueing import queue_missing
from tests.topics.making import make_system

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.jonas, cast.karim, cast.mogens, cast.bodil


@pytest.fixture
def question(cast, clock, people):
    made = in_transaction(
        lambda: ask(title="Blank etiket", body="Den *er* blank.", tags=["printer"], by=cast.anne)
    )
    clock.forward(minutes=1)
    return made


def document(question):
    db.session.rollback()
    found = documents([question.id])
    return found[0] if found else None


def test_a_thread_gives_its_texts_without_markdown(cast, clock, question):
    given = in_transaction(lambda: answer(question, body="Skift **rullen**.", by=cast.jonas))
    in_transaction(lambda: comment(question, body="Hos os også.", by=cast.karim))
    in_transaction(lambda: comment(given, body="Den virker nu.", by=cast.karim))
    found = document(question)
    assert found.title == "Blank etiket"
    assert found.body == "Den er blank.\nprinter\nHos os også."
    assert found.answers == "Skift rullen.\nDen virker nu."


def test_labels_say_who_and_what(cast, clock, question):
    given = in_transaction(lambda: answer(question, body="Skift rullen.", by=cast.jonas))
    in_transaction(lambda: accept_answer(given, by=cast.anne))
    in_transaction(lambda: confirm(given, by=cast.bodil))
    anne, jonas = cast.anne.id, cast.jonas.id
    wanted = {EVERYBODY, "status:solved", "year:2026", f"asker:{anne}", f"answerer:{jonas}"}
    wanted |= {f"person:{anne}", f"person:{jonas}", "has:answer", "has:solution", "has:confirmed"}
    labels = document(question).labels
    assert wanted <= labels
    assert {label.split(":")[0] for label in labels - wanted} == {"tag", "department", "site"}


def test_numbers_are_counted(cast, clock, question):
    given = in_transaction(lambda: answer(question, body="Skift rullen.", by=cast.jonas))
    in_transaction(lambda: set_reaction(given, "helped", by=cast.karim))
    in_transaction(lambda: set_reaction(question, "good", by=cast.karim))
    numbers = document(question).numbers
    assert (numbers["score"], numbers["answer_count"], numbers["helped"]) == (1, 1, 1)
    assert numbers["active"] >= numbers["created"] == int(question.created_at.timestamp())


def test_a_system_is_found_by_its_name(cast, question):
    system = make_system("Etiketter")
    made = in_transaction(lambda: ask(title="Tom rulle", system_slug=system.slug, by=cast.anne))
    found = document(made)
    assert "Etiketter" in found.body
    assert f"system:{system.id}" in found.labels


def test_hidden_answers_and_what_hangs_on_them_are_left_out(cast, clock, question):
    given = in_transaction(lambda: answer(question, body="Kanariefugl.", by=cast.jonas))
    in_transaction(lambda: comment(given, body="Solsort.", by=cast.karim))
    in_transaction(lambda: hide(given, by=cast.mogens))
    found = document(question)
    assert found.answers == ""
    assert "has:answer" not in found.labels


def test_a_hidden_thread_is_for_those_who_look_after_it(cast, question):
    in_transaction(lambda: hide(question, by=cast.mogens))
    labels = document(question).labels
    assert CARETAKERS in labels
    assert EVERYBODY not in labels


def test_patient_data_is_never_in_the_index(cast, question):
    in_transaction(lambda: flag(question, reason="patient_data", by=cast.karim))
    assert document(question) is None


def test_a_deleted_thread_gives_nothing(cast, question):
    in_transaction(lambda: delete(question, by=cast.anne))
    assert document(question) is None


def test_all_documents_come_in_order_some_at_a_time(cast, clock, question):
    for number in range(4):
        clock.forward(minutes=5)
        in_transaction(lambda: ask(title=f"Spørgsmål {number}", by=cast.jonas))  # noqa: B023
    in_transaction(queue_missing)
    some = [[each.id for each in part] for part in all_documents(2)]
    assert [len(part) for part in some] == [2, 2, 1]
    ids = [id for part in some for id in part]
    assert ids == sorted(ids)
