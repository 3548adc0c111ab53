"""Writing: the one way in, whole or not at all."""

import pytest
from sqlalchemy.exc import OperationalError

from midtlink.events import ATTEMPTS, Event, after, in_transaction, on, publish
from midtlink.extensions import db
from midtlink.people.models import Site


class SiteOpened(Event):
    """A fact for these tests."""


def test_a_write_outside_a_transaction_is_refused(app):
    db.session.add(Site(name="Nord"))
    with pytest.raises(RuntimeError, match="outside in_transaction"):
        db.session.flush()


@pytest.mark.both_databases
def test_a_failing_listener_undoes_the_whole_write(app):
    @on(SiteOpened)
    def fail(_fact):
        raise ZeroDivisionError

    def work():
        db.session.add(Site(name="Nord"))
        publish(SiteOpened(by_id=None))

    with pytest.raises(ZeroDivisionError):
        in_transaction(work)
    assert db.session.query(Site).count() == 0


class SiteClosed(Event):
    """A fact that is followed by work of its own."""


seen = []


@after(SiteClosed)
def follow(_fact):
    """Keep how many sites there were, and open one more."""
    seen.append(sites())
    db.session.add(Site(name="Syd"))


class SiteMoved(Event):
    """A fact whose follower fails."""


def busy():
    """What SQLite says to a writer who waited in vain."""
    return OperationalError("BEGIN IMMEDIATE", None, Exception("database is locked"))


def sites():
    return db.session.query(Site).count()


@pytest.mark.both_databases
def test_the_whole_write_runs_again_when_the_database_was_busy(app):
    tries = []

    def work():
        tries.append(sites())
        db.session.add(Site(name="Nord"))
        db.session.flush()
        if len(tries) < 3:
            raise busy()

    in_transaction(work)
    assert (tries, sites()) == ([0, 0, 0], 1)


def test_a_database_that_stays_busy_is_told_of_in_the_end(app):
    tries = []

    def work():
        tries.append("once more")
        raise busy()

    with pytest.raises(OperationalError):
        in_transaction(work)
    assert len(tries) == ATTEMPTS


def test_a_refusal_is_not_tried_again(app):
    tries = []

    def work():
        tries.append("once")
        raise ValueError

    with pytest.raises(ValueError):
        in_transaction(work)
    assert tries == ["once"]


@pytest.mark.both_databases
def test_a_follower_runs_once_when_the_fact_is_saved(app):
    seen.clear()

    def work():
        db.session.add(Site(name="Nord"))
        publish(SiteClosed(by_id=None))
        assert seen == []

    in_transaction(work)
    assert (seen, sites()) == ([1], 2)


def test_a_failing_follower_undoes_only_its_own(app, caplog):
    @after(SiteMoved)
    def fail(_fact):
        db.session.add(Site(name="Syd"))
        raise ZeroDivisionError

    def work():
        db.session.add(Site(name="Nord"))
        publish(SiteMoved(by_id=None))

    in_transaction(work)
    assert sites() == 1
    assert "a listener after SiteMoved failed" in caplog.text


def test_a_cpr_number_passes_no_flush(app):
    from midtlink.privacy import PatientDataFound

    with pytest.raises(PatientDataFound):
        in_transaction(lambda: (db.session.add(Site(name="010190-1234")), db.session.flush()))
