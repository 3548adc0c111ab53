"""Searches are counted in memory and written in batches, never with a person."""

import pytest

from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.privacy import MASK
from midtlink.search import counting
from midtlink.search.counting import flush_searches, note_found, note_search, searches
from midtlink.search.language import parse
from midtlink.search.models import Search
from tests.world.racing import all_at_once

pytestmark = pytest.mark.both_databases


@pytest.fixture(autouse=True)
def begin_anew(clock):
    searches.forget()
    yield
    searches.forget()


def noted(typed, hits=0, by_id=1, **more):
    return note_search(parse(typed), hits, by_id=by_id, **more)


def rows():
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(Search).order_by(Search.words).all()


def test_a_search_is_written_with_its_words_and_hits_and_no_person(app, clock):
    token = noted("signere notat", 7)
    assert rows() == []
    flush_searches()
    (row,) = rows()
    assert (row.token, row.words, row.hits, row.at) == (token, "signere notat", 7, clock())
    assert row.is_found is False
    assert not [column for column in Search.__table__.columns if "person" in column.name]


def test_the_same_words_again_are_the_same_search(app):
    token = noted("signere notat", 7)
    assert noted("Notat  signere", 7) == token
    assert noted("signere notat [epj] status:løst", 2) == token
    assert noted("signere notat", 7, is_first_page=False) == token
    assert noted("signere notat", 7, by_id=2) != token
    flush_searches()
    assert len(rows()) == 2


def test_what_comes_back_much_later_is_a_new_search(app, monkeypatch):
    token = noted("signere notat")
    monkeypatch.setattr(counting.time, "monotonic", lambda: float("inf"))
    assert noted("signere notat") != token


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "status:løst", "bruger:anne",
     " ".join(f"ord{number}" for number in range(50)), f"patient {MASK}",
     "hvem er 010190-1234", "1234 010190"],
)  # fmt: skip
def test_without_words_and_with_what_may_be_a_patient_nothing_is_counted(app, typed):
    assert noted(typed) == ""
    flush_searches()
    assert rows() == []


def test_of_names_in_filters_nothing_is_kept(app):
    noted("notat bruger:anne afdeling:akut", 3)
    flush_searches()
    assert [row.words for row in rows()] == ["notat"]


def test_a_filter_that_keeps_all_out_is_no_missing_answer(app):
    assert noted("notat status:løst", 0) == ""
    assert noted("notat", 0) != ""


def test_page_two_is_not_a_search_of_its_own(app):
    assert noted("notat", 30, is_first_page=False) == ""


def test_an_opened_hit_tells_that_it_was_found(app):
    token = noted("notat", 3)
    note_found(token)
    flush_searches()
    assert [row.is_found for row in rows()] == [True]


def test_a_find_waits_for_a_search_that_another_process_has_yet_to_write(app, clock):
    token = "abcdefghijklmnop"
    note_found(token)
    flush_searches()
    row = Search(token=token, words="notat", hits=3, at=clock(), is_found=False)
    in_transaction(lambda: db.session.add(row))
    flush_searches()
    assert [row.is_found for row in rows()] == [True]


def test_a_find_without_a_search_is_forgotten(app, monkeypatch):
    monkeypatch.setattr(counting, "FIND_KEPT", -1.0)
    note_found("abcdefghijklmnop")
    note_found("'; DROP TABLE searches")
    note_found("æøåæøåæøåæøåæøåæ")
    flush_searches()
    assert searches.take() == ([], {})


def test_what_cannot_be_written_waits(app, monkeypatch):
    token = noted("notat", 3)
    note_found(token)

    def fail(*_):
        raise RuntimeError

    with monkeypatch.context() as broken:
        broken.setattr(counting, "_write", fail)
        with pytest.raises(RuntimeError):
            flush_searches()
    flush_searches()
    assert [(row.words, row.is_found) for row in rows()] == [("notat", True)]


def test_memory_stays_small(app, monkeypatch):
    monkeypatch.setattr(counting, "MOST_REMEMBERED", 10)
    monkeypatch.setattr(counting, "MOST_KEPT", 20)
    for number in range(100):
        noted(f"notat nummer {number}")
        note_found("abcdefghijklmno" + "abcdefghijklmnopqrst"[number % 20])
    assert len(searches._remembered) == 10
    taken, found = searches.take()
    assert len(taken) == len(found) == 20


def test_many_searches_wake_the_writer(app, monkeypatch):
    monkeypatch.setattr(counting, "MOST_WAITING", 3)
    for number in range(3):
        noted(f"notat {number}")
    assert searches.is_full.is_set()


def test_searches_and_writes_at_once_lose_nothing(app):
    def work(number):
        def search_and_write():
            for each in range(5):
                note_found(noted(f"notat {number} {each}", 1, by_id=number))
            flush_searches()

        return search_and_write

    all_at_once(app, [work(number) for number in range(8)])
    flush_searches()
    assert [row.is_found for row in rows()] == [True] * 40
