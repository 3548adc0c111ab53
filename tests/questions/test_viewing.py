"""Views are counted in memory and written in batches."""

import threading

import pytest

from midtlink import flushing
from midtlink.events import in_transaction
from midtlink.extensions import db
from midtlink.questions import viewing
from midtlink.questions.viewing import count_view, flush_views, views
from tests.questions.threads import asked
from tests.world.racing import all_at_once


@pytest.fixture(autouse=True)
def nothing_waits():
    views.forget()
    yield
    views.forget()


def seen(question):
    db.session.expire_all()
    return question.view_count


def test_a_person_counts_once_in_ten_minutes(cast, monkeypatch):
    question = asked(cast.anne)
    for person in (cast.anne, cast.jonas, cast.jonas):
        count_view(question.id, person.id)
    assert seen(question) == 0
    flush_views()
    flush_views()
    assert seen(question) == 2
    monkeypatch.setattr(viewing, "ONE_VIEW", 0.0)
    count_view(question.id, cast.jonas.id)
    flush_views()
    assert seen(question) == 3


def test_views_that_cannot_be_written_wait(cast, monkeypatch):
    question = asked(cast.anne)
    count_view(question.id, cast.jonas.id)

    def fail(_taken):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(viewing, "_write", fail)
    with pytest.raises(RuntimeError):
        flush_views()
    monkeypatch.undo()
    flush_views()
    assert seen(question) == 1


def test_a_view_of_a_question_that_is_gone_stops_nothing(cast):
    question = asked(cast.anne)
    count_view(999, cast.anne.id)
    count_view(question.id, cast.anne.id)
    flush_views()
    assert seen(question) == 1


def test_memory_stays_small(monkeypatch):
    monkeypatch.setattr(viewing, "MOST_REMEMBERED", 10)
    for number in range(100):
        count_view(1, number)
    assert len(views._looked) == 10


def test_many_views_wake_the_writer(monkeypatch):
    monkeypatch.setattr(viewing, "MOST_WAITING", 3)
    for number in range(3):
        count_view(1, number)
    assert views.is_full.is_set()


def test_the_writer_starts_once_and_writes_by_itself(app, cast, monkeypatch):
    monkeypatch.setattr(flushing, "FLUSHED_EVERY", 0.05)
    question = asked(cast.anne)
    count_view(question.id, cast.anne.id)
    before = threading.active_count()
    viewing.start(app)
    viewing.start(app)
    assert threading.active_count() == before + 1
    for _ in range(100):
        if seen(question) == 1:
            break
        db.session.rollback()
        threading.Event().wait(0.05)
    flushing.stop(app, "views", views.is_full)
    assert threading.active_count() == before
    assert seen(question) == 1
    db.session.rollback()


@pytest.mark.both_databases
def test_looks_and_writes_at_once_lose_nothing(app, cast):
    question = asked(cast.anne)
    question_id = question.id

    def look(number):
        def work():
            for each in range(20):
                count_view(question_id, number * 100 + each)
            flush_views()

        return lambda: in_transaction(work)

    all_at_once(app, [look(number) for number in range(20)])
    flush_views()
    assert seen(question) == 400
