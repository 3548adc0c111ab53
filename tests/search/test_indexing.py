"""The index follows the database: batches, failures, rebuilding, and proving that both agree."""

import pytest
from sqlalchemy import delete as sql_delete
from sqlalchemy import update

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.moderation.flagging import flag
from midtlink.moderation.hiding import hide
from midtlink.moderation.redacting import redact
from midtlink.questions.asking import ask
from midtlink.questions.editing import edit
from midtlink.search import documents as documents_module
from midtlink.search import indexing
from midtlink.search.checking import check_index, mend
from midtlink.search.engine import engine
from midtlink.search.finding import search
from midtlink.search.indexing import build_if_missing, index_waiting, rebuild, removed_waits
from midtlink.search.models import SearchEntry
from midtlink.search.rules import BATCH, MOST_FAILURES
from midtlink.search.sweeping import forget_removed, keep_index

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def people(cast, clock, index):
    """Those who write here, made before the transactions in which they write."""
    return cast.anne, cast.karim, cast.mogens


@pytest.fixture
def asked(clock, people):
    def make(title):
        clock.forward(minutes=5)
        return in_transaction(lambda: ask(title=title, by=people[0]))

    return make


def found(words, by):
    db.session.rollback()
    return [question.title for question in search(words, by=by).questions]


def lose_index(app):
    """Take away what says which index is running."""
    (app.config["INSTANCE"] / "search" / "current").unlink()


def test_a_batch_is_worked_off_once(cast, asked):
    asked("Etiketprinter")
    asked("Vagtplan")
    assert index_waiting() == 2
    assert index_waiting() == 0
    assert found("vagtplan", cast.karim) == ["Vagtplan"]


def test_what_changes_while_a_batch_is_written_goes_on_waiting(cast, asked, monkeypatch):
    question = asked("Etiketprinter")
    write = indexing.write

    def slow_write(*args):
        write(*args)
        in_transaction(
            lambda: edit(question, title="Vagtplan", body="", from_revision=1, by=cast.anne)
        )

    monkeypatch.setattr(indexing, "write", slow_write)
    assert index_waiting() == 1
    monkeypatch.undo()
    assert index_waiting() == 1
    assert found("vagtplan", cast.karim) == ["Vagtplan"]
    assert found("etiketprinter", cast.karim) == []


def test_what_is_hidden_while_a_batch_is_written_stays_withdrawn(cast, asked, monkeypatch):
    question = asked("Etiketprinter")
    write = indexing.write

    def slow_write(*args):
        write(*args)
        in_transaction(lambda: hide(question, by=cast.mogens))

    monkeypatch.setattr(indexing, "write", slow_write)
    index_waiting()
    assert search("etiketprinter", by=cast.karim).total == 0


def test_a_thread_that_cannot_be_read_delays_no_other(cast, asked, monkeypatch):
    broken, whole = asked("Etiketprinter"), asked("Vagtplan")
    read = documents_module._document

    def read_or_break(question, *rest):
        if question.id == broken.id:
            raise ValueError
        return read(question, *rest)

    monkeypatch.setattr(documents_module, "_document", read_or_break)
    for _ in range(MOST_FAILURES + 2):
        index_waiting()
    entry = db.session.get(SearchEntry, broken.id, populate_existing=True)
    assert (entry.failures, entry.indexed) == (MOST_FAILURES, 0)
    assert index_waiting() == 0
    assert found("vagtplan", cast.karim) == [whole.title]
    monkeypatch.undo()
    mend(check_index())
    in_transaction(lambda: db.session.execute(update(SearchEntry).values(failures=0)))
    index_waiting()
    assert found("etiketprinter", cast.karim) == [broken.title]


def test_an_index_that_cannot_be_written_loses_no_waiting_row(app, cast, asked):
    asked("Etiketprinter")
    lose_index(app)
    assert not keep_index()  # builds it anew
    assert found("etiketprinter", cast.karim) == ["Etiketprinter"]
    asked("Vagtplan")
    keep_index()
    assert found("vagtplan", cast.karim) == ["Vagtplan"]


def test_a_rebuild_holds_every_thread_and_what_changes_meanwhile(cast, asked, monkeypatch):
    for number in range(3):
        asked(f"Printer {number}")
    question = asked("Telefonen er væk")
    read = indexing.all_documents

    def slow_read(size):
        yield from read(size)
        in_transaction(lambda: hide(question, by=cast.mogens))
        asked("Vagtplan")

    monkeypatch.setattr(indexing, "all_documents", slow_read)
    assert rebuild() == 5
    assert found("vagtplan", cast.karim) == ["Vagtplan"]
    assert found("telefon", cast.karim) == []
    assert len(found("printer", cast.karim)) == 3


def test_the_index_is_built_where_there_is_none_and_left_where_there_is_one(app, cast, asked):
    asked("Etiketprinter")
    lose_index(app)
    build_if_missing()
    assert found("etiketprinter", cast.karim) == ["Etiketprinter"]
    asked("Vagtplan")
    build_if_missing()
    assert found("vagtplan", cast.karim) == []


def test_index_and_database_agree_after_work(asked):
    for number in range(3):
        asked(f"Printer {number}")
    assert check_index() == []
    index_waiting()
    assert check_index() == []


def test_a_check_finds_and_mends_every_kind_of_difference(cast, asked):
    lost, older, gone = asked("Etiketprinter"), asked("Vagtplan"), asked("Telefon")
    index_waiting()
    engine().drop([lost.id])

    def behind_the_back():
        entries = update(SearchEntry).where(SearchEntry.question_id == older.id)
        db.session.execute(entries.values(version=7, indexed=7))
        for table in ("revisions", "search_entries", "question_follows", "questions", "posts"):
            _delete_rows(table, gone.id)

    in_transaction(behind_the_back)
    differences = {each.question_id: (each.indexed, each.wanted) for each in check_index()}
    assert differences == {lost.id: (None, 1), older.id: (1, 7), gone.id: (1, None)}
    mend(check_index())
    assert check_index() == []
    assert found("etiketprinter", cast.karim) == [lost.title]
    assert found("telefon", cast.karim) == []


def _delete_rows(table, question_id):
    tables = db.metadata.tables
    names = {"revisions": "post_id", "search_entries": "question_id"}
    column = tables[table].c[(names | {"question_follows": "question_id"}).get(table, "id")]
    db.session.execute(sql_delete(tables[table]).where(column == question_id))


def test_more_than_a_batch_is_worked_off_in_steps(clock, asked):
    asked("Etiketprinter")

    def many():
        for number in range(BATCH):
            db.session.add(SearchEntry(question_id=1_000 + number, queued_at=clock.moment))

    in_transaction(many)
    assert keep_index() is True
    assert keep_index() is False
    assert db.session.query(SearchEntry).count() == 1


def test_of_a_text_removed_for_ever_no_byte_is_left(app, cast, asked):
    canary = "kanariefuglen"
    asked("Vagtplan")
    question = asked(f"Hvor er {canary}?")
    rebuild()
    assert canary_in(app, canary)
    in_transaction(lambda: flag(question, reason="patient_data", by=cast.karim))
    in_transaction(lambda: redact(question, by=cast.mogens))
    index_waiting()
    assert removed_waits()
    forget_removed()
    assert not removed_waits()
    assert not canary_in(app, canary)
    assert found("vagtplan", cast.karim) == ["Vagtplan"]


def canary_in(app, canary):
    """Say whether a file of the index holds the word's beginning, which its stem has too."""
    folder = app.config["INSTANCE"] / "search"
    files = [path for path in folder.rglob("*") if path.is_file()]
    return any(canary[:8].encode() in path.read_bytes() for path in files)
